import type { Db } from './connect.ts'

const DAY_MS = 86_400_000

export const SNAPSHOT_LIFE_MS = 7 * DAY_MS
export const ANSWER_LIFE_MS = 30 * DAY_MS
/** Long enough to compare a quarter with the one before. */
export const COMMAND_LIFE_MS = 90 * DAY_MS

export type Purged = { readonly snapshots: number; readonly answers: number; readonly commands: number }

/** Deletes what has outlived its purpose, and says how many rows went. */
export async function purge(db: Db, now: Date): Promise<Purged> {
  const before = (lifeMs: number) => new Date(now.getTime() - lifeMs)
  const snapshots = await db
    .deleteFrom('lake.library_snapshot')
    .where('fetched_at', '<', before(SNAPSHOT_LIFE_MS))
    .executeTakeFirst()
  const answers = await db
    .deleteFrom('lake.recommendation')
    .where('at', '<', before(ANSWER_LIFE_MS))
    .executeTakeFirst()
  const commands = await db
    .deleteFrom('lake.command')
    .where('at', '<', before(COMMAND_LIFE_MS))
    .executeTakeFirst()
  return {
    snapshots: Number(snapshots.numDeletedRows),
    answers: Number(answers.numDeletedRows),
    commands: Number(commands.numDeletedRows),
  }
}
