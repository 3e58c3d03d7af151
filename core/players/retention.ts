/** For how many days what is stored stays at most. `/privacy` tells people, the retention job keeps it. */
export const RETENTION_DAYS = {
  /** A library, for when Steam is away. */
  snapshot: 7,
  /** The library of somebody who agreed to its refreshes, where Steam shows no newer one; a newer one takes its place. */
  agreedSnapshot: 365,
  answer: 30,
  /** What digests showed a channel, with the answers under their buttons: longer than nothing of it comes again. */
  delivery: 90,
  /** The games of a week, from which its digests are made. */
  candidates: 14,
  /** Long enough to compare a quarter with the one before. */
  command: 90,
  feedback: 365,
  /** A link that nobody has proven. */
  unprovenLink: 30,
  /** All that somebody left who tried the playground. */
  visitor: 7,
} as const

const DAY_MS = 86_400_000

export function daysAfter(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS)
}
