import { daysAfter, RETENTION_DAYS } from '../../core/players/retention.ts'
import type { Db } from '../postgres/connect.ts'
import { trainingAccounts } from '../training/consent.ts'
import { isKept } from './answers.ts'
import { forgetVisitors } from './visitors.ts'

export type Purged = {
  readonly snapshots: number
  readonly answers: number
  readonly commands: number
  readonly feedback: number
  readonly links: number
  readonly deliveries: number
  readonly candidates: number
  readonly visitors: number
}

/** Longer than a command of that time may still be in hand, platforms deliver again, and a turn is waited for. */
const IN_HAND_DAYS = 1

/** Deletes what has outlived its purpose, and says how many rows went. */
export async function purge(db: Db, now: Date): Promise<Purged> {
  const before = (days: number) => daysAfter(now, -days)
  const snapshots = await db
    .deleteFrom('lake.library_snapshot')
    .where('fetched_at', '<', before(RETENTION_DAYS.snapshot))
    .where((or) =>
      or.or([
        or('steam_id', 'not in', trainingAccounts(db).select('link.steam_id')),
        or('fetched_at', '<', before(RETENTION_DAYS.agreedSnapshot)),
      ]),
    )
    .executeTakeFirst()
  const answers = await db
    .deleteFrom('lake.recommendation')
    .where(({ not }) => not(isKept(now)))
    .executeTakeFirst()
  const commands = await db
    .deleteFrom('lake.command')
    .where('at', '<', before(RETENTION_DAYS.command))
    .executeTakeFirst()
  const feedback = await db
    .deleteFrom('lake.feedback')
    .where('at', '<', before(RETENTION_DAYS.feedback))
    .executeTakeFirst()
  const links = await db
    .deleteFrom('warehouse.link')
    .where('proven_at', 'is', null)
    .where('created_at', '<', before(RETENTION_DAYS.unprovenLink))
    .executeTakeFirst()
  const deliveries = await db
    .deleteFrom('lake.delivery')
    .where('due_at', '<', before(RETENTION_DAYS.delivery))
    .executeTakeFirst()
  const candidates = await db
    .deleteFrom('warehouse.digest_candidates')
    .where('made_at', '<', before(RETENTION_DAYS.candidates))
    .executeTakeFirst()
  await db
    .updateTable('warehouse.link')
    .set({ code: null, code_expires_at: null })
    .where('code_expires_at', '<', now)
    .execute()
  await db.deleteFrom('warehouse.erasure').where('at', '<', before(IN_HAND_DAYS)).execute()
  await db.deleteFrom('warehouse.seen_event').where('at', '<', before(IN_HAND_DAYS)).execute()
  await db.deleteFrom('warehouse.pace').where('next_at', '<', before(IN_HAND_DAYS)).execute()
  const visitors = await forgetVisitors(db, before(RETENTION_DAYS.visitor))
  return {
    visitors,
    snapshots: Number(snapshots.numDeletedRows),
    answers: Number(answers.numDeletedRows),
    commands: Number(commands.numDeletedRows),
    feedback: Number(feedback.numDeletedRows),
    links: Number(links.numDeletedRows),
    deliveries: Number(deliveries.numDeletedRows),
    candidates: Number(candidates.numDeletedRows),
  }
}
