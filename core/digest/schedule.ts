import { Temporal } from 'temporal-polyfill'

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** When a digest is due, by the clock on the wall of a place. */
export type Schedule = {
  readonly weekday: Weekday
  /** `HH:MM`, 24 hours. */
  readonly time: string
  /** IANA name, such as `Asia/Seoul`. */
  readonly timezone: string
}

/** One due time. `key` names the local week (ISO 8601), such as `2026-W48`: a digest is posted once under it. */
export type Slot = { readonly key: string; readonly dueAt: Date }

/** The next due times after a moment, soonest first. */
export function slotsAfter(schedule: Schedule, after: Date, count: number): Slot[] {
  const since = Temporal.Instant.fromEpochMilliseconds(after.getTime())
  const today = since.toZonedDateTimeISO(schedule.timezone).toPlainDate()
  // The day itself may be yesterday's where the clock has since been put back.
  const first = today.subtract({ days: 1 })
  const ahead = (WEEKDAYS.indexOf(schedule.weekday) + 1 - first.dayOfWeek + 7) % 7
  const slots: Slot[] = []
  for (let day = first.add({ days: ahead }); slots.length < count; day = day.add({ days: 7 })) {
    const slot = slotOn(day, schedule)
    if (slot.dueAt > after) slots.push(slot)
  }
  return slots
}

export function slotAfter(schedule: Schedule, after: Date): Slot {
  const [slot] = slotsAfter(schedule, after, 1)
  if (!slot) throw new Error('there is always a next week')
  return slot
}

function slotOn(day: Temporal.PlainDate, { time, timezone }: Schedule): Slot {
  const dueAt = instantOf(day.toPlainDateTime(time), timezone)
  return { key: keyOf(day), dueAt: new Date(dueAt.epochMilliseconds) }
}

/** The week in which a moment lies, in UTC: the same for channels of all time zones. */
export function weekOf(moment: Date): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(moment.getTime())
  return keyOf(instant.toZonedDateTimeISO('UTC').toPlainDate())
}

function keyOf({ yearOfWeek, weekOfYear }: Temporal.PlainDate): string {
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`
}

/** The first of two moments that the clock shows twice; for one that it skips, the minute at which it goes on. */
function instantOf(wanted: Temporal.PlainDateTime, timezone: string): Temporal.Instant {
  const found = wanted.toZonedDateTime(timezone, { disambiguation: 'earlier' })
  if (found.toPlainDateTime().equals(wanted)) return found.toInstant()
  return (found.getTimeZoneTransition('next') ?? found).toInstant()
}

/** The name under which the time zones' database knows it, or undefined for whatever is none. */
export function parseTimezone(typed: string): string | undefined {
  // Offsets such as `+09:00` are valid to Temporal, but know no daylight-saving time.
  if (!/^[a-z]/i.test(typed)) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** `HH:MM` from `18:00`, `9:30` or `18`; undefined for whatever is no time of day. */
export function parseTime(typed: string): string | undefined {
  const [, hour = '', minute = '00'] = /^(\d{1,2})(?::(\d{2}))?$/.exec(typed.trim()) ?? []
  return hour !== '' && Number(hour) < 24 && Number(minute) < 60
    ? `${hour.padStart(2, '0')}:${minute}`
    : undefined
}
