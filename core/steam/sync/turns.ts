import { createHash } from 'node:crypto'
import type { UserKey } from '../../ids.ts'

const DAY_MS = 86_400_000
export const WEEK_MS = 7 * DAY_MS

/** A library that was not to be seen is looked for after 1, 2, 4 and then every 8 weeks. */
const MOST_DOUBLINGS = 3

/**
 * When a library's turn comes next. Each user has a fixed moment of the week, by a hash, so that libraries are spread
 * over it however many come at once. A day at least lies in between.
 */
export function nextTurn(user: UserKey, now: Date, failures = 0): Date {
  const skipped = failures === 0 ? 0 : 2 ** Math.min(failures - 1, MOST_DOUBLINGS) - 1
  const earliest = now.getTime() + DAY_MS + skipped * WEEK_MS
  const moment = momentOf(user)
  return new Date(Math.ceil((earliest - moment) / WEEK_MS) * WEEK_MS + moment)
}

/** Milliseconds from the beginning of the week. */
function momentOf(user: UserKey): number {
  const hash = createHash('sha256').update(user).digest().readUInt32BE()
  return Math.floor((hash / 2 ** 32) * WEEK_MS)
}
