import cron from 'node-cron'
import { errorFields, type Log } from '../../core/log.ts'

export type Schedule = {
  readonly name: string
  /** A cron pattern, in UTC. */
  readonly pattern: string
  /** What is logged where the job fails, once until it succeeds again. */
  readonly failed: string
  /** What is logged when it succeeds after that. */
  readonly recovered: string
  readonly log: Log
}

export type Recurring = {
  /** Runs the job now, beside the schedule. Never rejects. */
  run(): Promise<void>
  /** Ends the schedule, and waits for what is running. Failures after that are not logged. */
  stop(): Promise<void>
}

/** Runs a job whenever its time comes, unless it still runs from before. */
export function every(schedule: Schedule, job: () => Promise<unknown>): Recurring {
  const { name, pattern, log } = schedule
  const running = new Set<Promise<void>>()
  let isFailing = false
  let isStopped = false

  const attempt = async (): Promise<void> => {
    try {
      await job()
      if (isFailing) log('info', schedule.recovered)
      isFailing = false
    } catch (error) {
      if (!isFailing && !isStopped) log('warn', schedule.failed, errorFields(error))
      isFailing = true
    }
  }
  const run = async (): Promise<void> => {
    const attempted = attempt()
    running.add(attempted)
    await attempted
    running.delete(attempted)
  }
  const task = cron.schedule(pattern, run, { name, noOverlap: true, timezone: 'UTC' })
  return {
    run,
    async stop() {
      isStopped = true
      await task.destroy()
      await Promise.all(running)
    },
  }
}
