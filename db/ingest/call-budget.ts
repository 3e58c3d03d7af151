import { sql } from 'kysely'
import { errorFields, type Log } from '../../core/log.ts'
import type { CallBudget } from '../../core/steam/sync/ports.ts'
import type { Db } from '../postgres/connect.ts'

/** Of a day's calls the last fifth is for players who wait. */
const BACKGROUND_SHARE = 0.8

/** Players' calls are written down together, so that none of them waits for it. */
const WRITE_EVERY_MS = 5_000

export type Budget = CallBudget & {
  /** Writes down what was counted. */
  flush(): Promise<void>
}

type Options = { readonly perDay: number; readonly log: Log; readonly now?: () => Date }

/** The calls of all processes, by days in UTC, in one row a day: whoever takes one sees all the others. */
export function createCallBudget(db: Db, { perDay, log, now = () => new Date() }: Options): Budget {
  const limit = Math.floor(perDay * BACKGROUND_SHARE)
  let counted = 0
  let timer: NodeJS.Timeout | undefined

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const calls = counted
    counted = 0
    if (calls === 0) return
    try {
      await add(calls)
    } catch (error) {
      counted += calls
      log('warn', 'could not count Steam API calls', errorFields(error))
    }
  }

  const add = (calls: number) =>
    db
      .insertInto('warehouse.steam_calls')
      .values({ day: dayOf(now()), players: calls })
      .onConflict((same) => same.column('day').doUpdateSet({ players: sql`steam_calls.players + ${calls}` }))
      .execute()

  return {
    async take(at) {
      if (limit < 1) return false
      const taken = await db
        .insertInto('warehouse.steam_calls')
        .values({ day: dayOf(at), background: 1 })
        .onConflict((same) =>
          same
            .column('day')
            .doUpdateSet({ background: sql`steam_calls.background + 1` })
            .where(sql<boolean>`steam_calls.background + steam_calls.players < ${limit}`),
        )
        .executeTakeFirst()
      return taken.numInsertedOrUpdatedRows === 1n
    },
    count() {
      counted += 1
      timer ??= setTimeout(() => void flush(), WRITE_EVERY_MS).unref()
    },
    flush,
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
