import { type Context, openDatabase } from '../context/parts.ts'

/** `npm run migrate`: brings the database up to date and ends, for a release that does so before it starts anything. */
export async function runMigrate(context: Context): Promise<void> {
  await openDatabase(context, { waiting: true })
  context.log('info', 'the database is up to date')
}
