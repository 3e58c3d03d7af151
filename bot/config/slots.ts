import { CronExpressionParser } from 'cron-parser'

const FIVE_FIELDS = /^\S+(?:\s+\S+){4}$/

/** Whether this is a cron expression: minute, hour, day, month and weekday. */
export function isSchedule(cron: string): boolean {
  // The parser takes the rest for granted where a field is left out.
  if (!FIVE_FIELDS.test(cron)) return false
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
