import { sql } from 'kysely'
import type { Db } from '../postgres/connect.ts'
import { trainingAccounts } from '../training/consent.ts'
import { PRIORITIES } from './plan-apps.ts'

export type SourceFigures = {
  /** Pages of the store that are to be read, by why. */
  readonly waiting: Readonly<Record<keyof typeof PRIORITIES, number>>
  readonly calls: { readonly players: number; readonly background: number }
  readonly sources: readonly {
    readonly name: string
    readonly failures: number
    readonly succeededAt: Date | undefined
    readonly restsUntil: Date | undefined
    /** Why it last failed; undefined once it has succeeded since. */
    readonly failure: string | undefined
  }[]
  /** Of those who agreed; `waits`: none was fetched yet. */
  readonly libraries: readonly { readonly outcome: string; readonly accounts: number }[]
  /** Whose turn was over a day ago. */
  readonly overdue: number
}

const DAY_MS = 86_400_000

/** How the fetching from Steam goes, for operators. */
export async function readSourceFigures(db: Db, now: Date): Promise<SourceFigures> {
  const [waiting, calls, sources, libraries, overdue] = await Promise.all([
    countWaiting(db),
    db
      .selectFrom('warehouse.steam_calls')
      .select(['players', 'background'])
      .where('day', '=', now.toISOString().slice(0, 10))
      .executeTakeFirst(),
    db.selectFrom('warehouse.source').selectAll().orderBy('name').execute(),
    accounts(db)
      .select((eb) => [
        sql<string>`coalesce(outcome, 'waits')`.as('outcome'),
        eb.fn.countAll<number>().as('accounts'),
      ])
      .groupBy('outcome')
      .orderBy('outcome')
      .execute(),
    accounts(db)
      .select((eb) => eb.fn.countAll<number>().as('accounts'))
      .where('due_at', '<', new Date(now.getTime() - DAY_MS))
      .executeTakeFirstOrThrow(),
  ])
  return {
    waiting,
    calls: calls ?? { players: 0, background: 0 },
    sources: sources.map(({ name, failures, succeeded_at, next_at, failure }) => ({
      ...{ name, failures, succeededAt: succeeded_at ?? undefined },
      restsUntil: failures > 0 && next_at > now ? next_at : undefined,
      failure: failures > 0 ? (failure ?? undefined) : undefined,
    })),
    libraries,
    overdue: overdue.accounts,
  }
}

function accounts(db: Db) {
  return trainingAccounts(db).leftJoin(
    'warehouse.library_refresh as refresh',
    'refresh.user_key',
    'link.user_key',
  )
}

async function countWaiting(db: Db): Promise<SourceFigures['waiting']> {
  const rows = await db
    .selectFrom('warehouse.store_app')
    .select((eb) => ['priority', eb.fn.countAll<number>().as('pages')])
    .where('priority', 'is not', null)
    .groupBy('priority')
    .execute()
  const of = (priority: number) => rows.find((row) => row.priority === priority)?.pages ?? 0
  return {
    wanted: of(PRIORITIES.wanted),
    fresh: of(PRIORITIES.fresh),
    shown: of(PRIORITIES.shown),
    rest: of(PRIORITIES.rest),
  }
}
