import cron from 'node-cron'
import { errorFields } from '../../../core/log.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import type { Context } from '../../context/parts.ts'
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
  const tasks = [
    every('the catalogue', catalogue),
    ...(details ? [every('the pages of the store', details)] : []),
    ...(libraries ? [every('the libraries', libraries)] : []),
  ]
  closers.push('the fetching from Steam', async () => {
    stopping.abort()
    await Promise.all(tasks.map((stop) => stop()))
  })

  /** Returns how to stop it, which waits for what is under way. */
  function every(name: string, job: () => Promise<unknown>): () => Promise<void> {
    let running: Promise<void> = Promise.resolve()
    const run = () => {
      running = job().then(
        () => {},
        (error: unknown) => {
          if (!stopping.signal.aborted) log('warn', `${name} could not be fetched`, errorFields(error))
        },
      )
      return running
    }
    const task = cron.schedule(EVERY_MINUTE, run, { name, noOverlap: true, timezone: 'UTC' })
    return async () => {
      await task.destroy()
      await running
    }
  }
}
