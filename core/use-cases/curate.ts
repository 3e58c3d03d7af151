import { setTimeout as delay } from 'node:timers/promises'
import type { AskOf } from '../ask.ts'
import type { Filter } from '../filter.ts'
import type { GameId, UserKey } from '../ids.ts'
import type { Ports, StoredPick } from '../ports.ts'
import { readFilter } from '../read-filter.ts'
import type { Reply } from '../reply.ts'
import { Unavailable } from '../unavailable.ts'
import type { Words } from '../words/words.ts'
import { answerWith, explained } from './answering.ts'
import { nothingLeft } from './nothing-left.ts'

/** A mark on the games that are owned is worth no longer wait. */
const LIBRARY_WITHIN_MS = 1_500

/** `/curate`: the best games of a genre, tag or category. */
export async function curate(ports: Ports, ask: AskOf<'curate'>, words: Words): Promise<Reply> {
  const { catalogue } = ports
  const { wish, sort, count } = ask
  const filter = await readFilter(ports, wish, ask.matureAllowed)
  if ('kind' in filter) return explained(filter, words)
  const owned = await ownedBy(ports, ask.user)
  const without = ask.hideOwned ? [...owned] : []
  const [best, unknown] = await Promise.all([
    catalogue.best({ filter, sort, limit: count, without }),
    catalogue.undecided(filter),
  ])
  if (best.length === 0) return explained(await nothingLeft(catalogue, { wish, filter, sort }, words), words)
  const picks = best.map((game): StoredPick => ({ game, score: 0, reasons: [], owned: owned.has(game) }))
  return answerWith(ports, ask, { picks, about: aboutOf(filter, ask, unknown) }, { words })
}

function aboutOf(filter: Filter, { sort }: AskOf<'curate'>, unknown: number) {
  return { kind: 'curate', labels: filter.genres, sort, unknown } as const
}

/** What the asker's linked account owns; nothing without a link, and nothing when Steam takes its time or is away. */
async function ownedBy({ accounts, libraries }: Ports, user: UserKey): Promise<ReadonlySet<GameId>> {
  const link = await accounts.link(user)
  if (!link) return new Set()
  const library = libraries.of({ kind: 'id', id: link.steamId }).catch((error: unknown) => {
    if (error instanceof Unavailable) return undefined
    throw error
  })
  const answer = await Promise.race([library, delay(LIBRARY_WITHIN_MS, undefined, { ref: false })])
  return new Set(answer?.kind === 'library' ? answer.library.games.map((owned) => owned.game) : [])
}
