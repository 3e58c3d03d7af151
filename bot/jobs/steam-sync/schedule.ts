import type { Db } from '../../../db/postgres/connect.ts'
import type { Context } from '../../context/parts.ts'
import { every } from '../every.ts'
import { createSourceJobs } from './jobs.ts'

const EVERY_MINUTE = '* * * * *'

/**
 * Looks every minute for what there is to fetch from Steam. All processes do so: rows in PostgreSQL say whose turn it is,
 * and how far apart calls are. What is under way ends with the closers, between two calls.
 */
export function scheduleSources(context: Context, db: Db): void {
  const { log, closers } = context
  const stopping = new AbortController()
  const { appList, libraries, details, upkeep } = createSourceJobs(context, db, stopping.signal)
  const catalogue = async () => {
    await appList?.()
    await upkeep()
  }
  const minutely = (what: string, job: () => Promise<unknown>) =>
    every(
      {
        ...{ name: what, pattern: EVERY_MINUTE, log },
        failed: `could not fetch ${what}`,
        recovered: `fetching ${what} again`,
      },
      job,
    )
  const running = [
    minutely('the catalogue', catalogue),
    ...(details ? [minutely('store pages', details)] : []),
    ...(libraries ? [minutely('libraries', libraries)] : []),
  ]
  closers.push('the fetching from Steam', async () => {
    stopping.abort()
    await Promise.all(running.map(({ stop }) => stop()))
  })
}
