import type { AppPorts } from '../../core/app.ts'
import { createApp } from '../../core/app.ts'
import { note } from '../../core/cards/cards.ts'
import type { CommandRequest } from '../../core/command-request.ts'
import type { Log } from '../../core/log.ts'
import type { Journal } from '../../core/players/journal.ts'
import type { OwnedGame } from '../../core/players/library.ts'
import { pageWords } from '../../core/strings/page-words.ts'
import { withMiddleware } from '../platform/middleware.ts'
import type { Identity, Side, VisitorSession } from '../platform/playground-side.ts'
import type { CoolDown } from '../platform/rate-limit.ts'
import { rewriting } from './identity.ts'
import { visitorJournal, visitorPorts } from './visitor-ports.ts'

export type DoorNeeds = {
  readonly ports: AppPorts
  readonly journal: Journal
  readonly coolDown: CoolDown
  readonly log: Log
}

/** The bots' own door into the core, for one visitor on one side. `library`: of whom they play. */
export function openDoor(
  needs: DoorNeeds,
  { identity, side, library }: { identity: Identity; side: Side; library: readonly OwnedGame[] | undefined },
): VisitorSession {
  const { ports, journal, coolDown, log } = needs
  const keys = rewriting(identity, side)
  const app = createApp(visitorPorts(ports, keys))
  const guarded = withMiddleware(app, { log, coolDown, journal: visitorJournal(journal, keys) })
  return {
    log,
    app: {
      ...guarded,
      handle: async (request) =>
        isProof(request)
          ? note('aside', pageWords((await app.strings(request)).locale).noProof)
          : guarded.handle(postingNothing(playing(request, library))),
    },
  }
}

/** Whoever plays somebody has that one's library in the place of a linked one. */
function playing(request: CommandRequest, games: readonly OwnedGame[] | undefined): CommandRequest {
  const hasPlayer = request.kind === 'recommend' || request.kind === 'taste'
  if (!hasPlayer || request.player.kind !== 'linked' || games === undefined) return request
  return { ...request, player: { kind: 'library', games } }
}

/** There is no channel to post to: what would be posted is shown. */
function postingNothing(request: CommandRequest): CommandRequest {
  if (request.kind !== 'digest' || request.request.verb !== 'now') return request
  return { ...request, request: { ...request.request, verb: 'preview' } }
}

/** A proven link belongs to one user of a real platform. */
function isProof(request: CommandRequest): boolean {
  return request.kind === 'press' && request.action.verb === 'prove'
}
