import type { Db } from '../postgres/connect.ts'

/** What is subscribed and not paused, and when the first of it is due. Leaves out what was set up in the playground. */
export async function nextDigests(
  db: Db,
): Promise<{ readonly count: number; readonly nextAt: Date | undefined }> {
  const { count, next } = await db
    .selectFrom('warehouse.subscription')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('next_due_at').as('next')])
    .where('paused_why', 'is', null)
    .where('place_key', 'not like', 'playground:%')
    .executeTakeFirstOrThrow()
  return { count: Number(count), nextAt: next === null ? undefined : new Date(next) }
}
