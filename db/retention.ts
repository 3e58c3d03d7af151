import type { Db } from './connect.ts'

const DAY_MS = 86_400_000

export const SNAPSHOT_LIFE_MS = 7 * DAY_MS
export const ANSWER_LIFE_MS = 30 * DAY_MS

/** Deletes what has outlived its purpose, and says how many rows went. */
export async function purge(db: Db, now: Date): Promise<{ snapshots: number; answers: number }> {
  const snapshots = await db
    .deleteFrom('lake.library_snapshot')
    .where('fetched_at', '<', new Date(now.getTime() - SNAPSHOT_LIFE_MS))
    .executeTakeFirst()
  const answers = await db
    .deleteFrom('lake.recommendation')
    .where('at', '<', new Date(now.getTime() - ANSWER_LIFE_MS))
    .executeTakeFirst()
  return { snapshots: Number(snapshots.numDeletedRows), answers: Number(answers.numDeletedRows) }
}
