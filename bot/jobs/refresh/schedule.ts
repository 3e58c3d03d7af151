import type { Log } from '../../../core/log.ts'
import type { RefreshQueue } from '../../../db/training/refresh-queue.ts'
import { lastSlot } from '../../config/slots.ts'
import { every } from '../every.ts'

export type ScheduleParts = {
  readonly cron: string
  readonly queue: RefreshQueue
  /** Whether the model has yet to be refreshed for this time. */
  readonly isDue: (slot: Date) => Promise<boolean>
  /** Refreshes the model, if it still is due. Never throws. */
  readonly run: (slot: Date) => Promise<void>
  readonly now: () => Date
  readonly log: Log
}

/** A refresh that nobody was there for, or whose process died, is looked for again and again. */
const EVERY_FIVE_MINUTES = '*/5 * * * *'

/** A job that was lost with its process is made anew in the next hour. */
const KEY_MS = 3_600_000

/** Refreshes the model when it is due. Any number of processes may do so: one of them takes it up. */
export async function scheduleRefreshes(parts: ScheduleParts): Promise<{ stop(): Promise<void> }> {
  const { queue, log } = parts
  await queue.work(parts.run)
  const looking = every(
    {
      ...{ name: 'refresh', pattern: EVERY_FIVE_MINUTES, log },
      failed: 'could not check whether a refresh is due',
      recovered: 'checking for due refreshes again',
    },
    () => tick(parts),
  )
  await looking.run()
  return {
    async stop() {
      await looking.stop()
      await queue.stop()
    },
  }
}

async function tick({ cron, queue, isDue, now }: ScheduleParts): Promise<void> {
  const slot = lastSlot(cron, now())
  if (!(await isDue(slot))) return
  const hour = Math.floor(now().getTime() / KEY_MS)
  await queue.add(`${slot.toISOString()} ${hour}`, slot)
}
