import { errorFields, type Log } from '../../../core/log.ts'
import type { Allowance } from '../../../db/people/allowance.ts'
import type { Shards } from './shard-range.ts'
import { idsOf, WHOLE } from './shard-range.ts'

/** Of a whole bot; one that goes beyond it loses its token until somebody copies the new one. */
export const STARTS_PER_DAY = 1_000

/** Large bots may start more often: so often for each shard. */
const LEAST_PER_SHARD = 5

const DAY_MS = 86_400_000
const FIRST_WAIT_MS = 5_000

/** Remembers beyond this process how often its shards have identified, so that a crash loop is slowed down. */
export type SessionStarts = {
  /** How long to wait before these shards connect. */
  waitMs(): Promise<number>
  note(shard: number): Promise<void>
}

type Options = { readonly allowance: Allowance; readonly shards?: Shards | undefined; readonly log: Log }

export function createSessionStarts({ allowance, shards = WHOLE, log }: Options): SessionStarts {
  const everyMs = DAY_MS / Math.max(STARTS_PER_DAY / shards.count, LEAST_PER_SHARD)
  const keyOf = (shard: number) => `discord:starts:${shard}/${shards.count}`
  const onFailure = (error: unknown) =>
    log(
      'warn',
      "could not look up how often this bot has started; its starts aren't spaced",
      errorFields(error),
    )

  return {
    async waitMs() {
      try {
        const owed = await Promise.all(idsOf(shards).map((shard) => allowance.owedMs(keyOf(shard))))
        return waitFor(Math.max(...owed), everyMs)
      } catch (error) {
        onFailure(error)
        return 0
      }
    },

    async note(shard) {
      await allowance.use(keyOf(shard), everyMs).catch(onFailure)
    },
  }
}

/** Two starts are free; each one more that time hasn't paid off yet doubles the wait, up to what Discord allows for good. */
export function waitFor(owedMs: number, everyMs: number): number {
  const unpaid = Math.ceil(owedMs / everyMs)
  return unpaid < 2 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (unpaid - 2), everyMs)
}
