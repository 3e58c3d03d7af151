import type { App } from '../../core/app.ts'
import { note } from '../../core/cards/cards.ts'
import type { CommandRequest } from '../../core/command-request.ts'
import type { UserKey } from '../../core/ids.ts'
import { errorFields, type Log, newReference } from '../../core/log.ts'
import type { Journal } from '../../core/players/journal.ts'
import type { Reply } from '../../core/reply.ts'
import { explainFailure, explainProblem } from '../../core/strings/strings.ts'
import { Unavailable } from '../../core/unavailable.ts'
import type { CoolDown } from './rate-limit.ts'

/** What came of one command or press, for those who count. */
export type Answered = {
  readonly kind: CommandRequest['kind']
  readonly user: UserKey
  readonly outcome: Outcome | 'too-fast'
  readonly milliseconds: number
}

type Outcome = 'picks' | 'sentence' | 'unavailable' | 'failed'

type Needs = {
  readonly log: Log
  readonly journal: Journal
  readonly coolDown: CoolDown
  readonly onAnswered?: (answered: Answered) => void
}

/** A press asks for less than a command. */
const COST = { command: 1, press: 0.25 }

/** The core as adapters know it. `journalled` waits for what is still being written down. */
export type GuardedApp = App & { journalled(): Promise<void> }

/** Puts rate limit, journal and error sentences around the one door into the core: `handle` then never throws. */
export function withMiddleware(
  app: App,
  { log, journal, coolDown, onAnswered = () => {} }: Needs,
): GuardedApp {
  const writing = new Set<Promise<void>>()

  async function answer(request: CommandRequest): Promise<Reply> {
    const { kind, user } = request
    const startedAt = performance.now()
    const { reply, outcome: ended } = await attempt(app, request, log)
    const milliseconds = Math.round(performance.now() - startedAt)
    const outcome = JOURNALLED[ended]
    onAnswered({ kind, user, outcome: ended, milliseconds })
    log('info', 'answered', { kind, outcome, milliseconds })
    // Whoever has just been forgotten must not be written of again.
    if (request.kind !== 'press' || request.action.verb !== 'forget')
      write({ kind, user, outcome, milliseconds })
    return reply
  }

  /** Nobody waits for it: an answer comes as soon without a journal. */
  function write(entry: Parameters<Journal['record']>[0]): void {
    if (writing.size >= MOST_WRITES) {
      log('warn', 'a command was not journaled: the queue is full')
      return
    }
    const written = Promise.try(() => journal.record(entry))
      .catch((error: unknown) => log('warn', 'could not journal a command', errorFields(error)))
      .finally(() => writing.delete(written))
    writing.add(written)
  }

  return {
    ...app,
    async handle(request) {
      const seconds = coolDown(request, request.kind === 'press' ? COST.press : COST.command)
      if (seconds > 0) {
        onAnswered({ kind: request.kind, user: request.user, outcome: 'too-fast', milliseconds: 0 })
        return tooFast(app, request, seconds)
      }
      return journal.during(() => answer(request))
    },
    async journalled() {
      await Promise.all(writing)
    },
  }
}

/** So many entries wait at most where the database takes none. */
const MOST_WRITES = 1_000

/** As the journal has always called them. */
const JOURNALLED: Readonly<Record<Outcome, string>> = {
  picks: 'picks',
  sentence: 'sentence',
  unavailable: 'failed: warn',
  failed: 'failed: error',
}

/** Neither journal nor log hears of it: a flood would fill them. */
async function tooFast(app: App, request: CommandRequest, seconds: number): Promise<Reply> {
  return note(deliveryOf(request), explainProblem({ kind: 'too-fast', seconds }, await app.strings(request)))
}

async function attempt(
  app: App,
  request: CommandRequest,
  log: Log,
): Promise<{ reply: Reply; outcome: Outcome }> {
  try {
    const reply = await app.handle(request)
    return { reply, outcome: reply.blocks.some((block) => block.kind === 'game') ? 'picks' : 'sentence' }
  } catch (error) {
    const reference = newReference()
    const outcome = error instanceof Unavailable ? 'unavailable' : 'failed'
    log(outcome === 'unavailable' ? 'warn' : 'error', 'no answer', {
      reference,
      kind: request.kind,
      user: request.user,
      ...errorFields(error),
    })
    const strings = await app.strings(request)
    const party = error instanceof Unavailable ? error.party : 'ours'
    return { reply: note(deliveryOf(request), explainFailure(party, reference, strings)), outcome }
  }
}

/** What is said instead of an answer leaves the pressed message as it stands. */
function deliveryOf({ kind }: CommandRequest): 'answer' | 'aside' {
  return kind === 'press' ? 'aside' : 'answer'
}
