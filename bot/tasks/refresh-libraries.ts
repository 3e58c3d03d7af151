import { type Context, openDatabase } from '../context/parts.ts'
import { createSourceJobs } from '../jobs/steam-sync/jobs.ts'

/** `npm run libraries`: fetches the libraries of those who agreed whose turn has come. */
export async function runLibraries(context: Context): Promise<void> {
  const db = await openDatabase(context)
  const stopping = new AbortController()
  const { libraries } = createSourceJobs(context, db, stopping.signal)
  if (!libraries) throw new Error('libraries need STEAM_API_KEY, and STEAM_CALLS_PER_DAY above 0')
  const working = libraries()
  context.closers.push('the refreshing', async () => {
    stopping.abort()
    await working.catch(() => {})
  })
  const { kept, unseen, withdrawn } = await working
  process.stdout.write(
    `Libraries: ${kept} fetched, ${unseen} private or not to be seen, ${withdrawn} no longer agreed to.\n`,
  )
}
