import { CronExpressionParser } from 'cron-parser'

/** Whether this is a cron expression of five fields, or of six with seconds. */
export function isSchedule(cron: string): boolean {
  try {
    CronExpressionParser.parse(cron, { tz: 'UTC' })
    return true
  } catch {
    return false
  }
}

/** The last time that was due, in UTC, at or before now: one that nobody was there for is not forgotten. */
export function lastSlot(cron: string, now: Date): Date {
  // The parser looks strictly before what it is given.
  const justAfter = new Date(now.getTime() + 1)
  return CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: justAfter }).prev().toDate()
}
