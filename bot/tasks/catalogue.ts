import type { Fetched } from '../../core/steam/sync/fetch-details.ts'
import { createAppQueue } from '../../db/ingest/app-queue.ts'
import { readSourceFigures } from '../../db/ingest/sync-figures.ts'
import type { Db } from '../../db/postgres/connect.ts'
import { type Context, openDatabase } from '../context/parts.ts'
import { createSourceJobs, type SourceJobs } from '../jobs/steam-sync/jobs.ts'
import { startProgress } from '../terminal/progress.ts'

export type CatalogueOptions = { readonly limit?: number }

/**
 * `npm run catalogue`: reads what is new in the list of apps, then pages of the store, until none waits or as many as are
 * asked for. What is stopped goes on with the next run, or by the schedule of `npm start`.
 */
export async function runCatalogue(context: Context, { limit }: CatalogueOptions): Promise<void> {
  const db = await openDatabase(context)
  const stopping = new AbortController()
  const working = follow(db, createSourceJobs(context, db, stopping.signal), limit)
  context.closers.push('the reading', async () => {
    stopping.abort()
    await working.catch(() => {})
  })
  await working
}

async function follow(db: Db, jobs: SourceJobs, limit: number | undefined): Promise<void> {
  print(await readList(jobs))
  await jobs.upkeep('now')
  if (jobs.details) await readPages(db, jobs.details, limit)
  else print('No page is read: STORE_CALLS_PER_MINUTE is 0.')
  await jobs.upkeep('now')
}

async function readList({ appList }: SourceJobs): Promise<string> {
  if (!appList)
    return 'The list of apps is not read: it needs STEAM_API_KEY, and STEAM_CALLS_PER_DAY above 0.'
  const read = await appList()
  return read
    ? `The list of apps: ${read.apps} new or changed, in ${read.pages} pages.`
    : 'The list of apps was read within the last hour, or is left alone for now.'
}

async function readPages(
  db: Db,
  details: NonNullable<SourceJobs['details']>,
  limit = Number.POSITIVE_INFINITY,
): Promise<void> {
  const queue = createAppQueue(db)
  const wanted = Math.min(limit, await queue.length())
  const progress = startProgress('reading pages of the store')
  let done = 0
  const onAnswer = () => {
    done += 1
    progress.update(done, wanted)
  }
  const fetched = await details(limit, onAnswer).finally(progress.stop)
  print(renderFetched(fetched, await queue.length()))
  const { sources } = await readSourceFigures(db, new Date())
  const resting = sources.find(({ name, restsUntil }) => name === 'details' && restsUntil)
  if (resting)
    print(`The store is left alone until ${resting.restsUntil?.toISOString()}: ${resting.failure}.`)
}

/** What came of it, for people; with new games it says what these lack. */
export function renderFetched(fetched: Fetched, left: number): string {
  const { added, changed, same, garbled } = fetched
  return [
    `Pages of the store: ${added} games new, ${changed} changed, ${same} as they were, ${fetched['no-page']} without a page, ${garbled} unreadable; ${left} wait.`,
    ...(added > 0
      ? ['New games have no tags and no reviews: the pages do not tell them, a file of games does.']
      : []),
  ].join('\n')
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
