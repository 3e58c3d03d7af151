import type { SteamFailure } from '../steam-failure.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** The store counts its calls over five minutes: in less, nothing is forgiven. */
const FIRST_MS = 5 * MINUTE_MS
const LONGEST_MS = 6 * HOUR_MS
/** However long Steam asks us to wait. */
const LONGEST_ASKED_MS = 24 * HOUR_MS

/** Only an operator can mend a key. */
const KEY_MS = HOUR_MS

/** For how long a source is left alone after so many failures in a row: twice as long each time, or as long as it asks. */
export function restMs({ kind, retryAfter = 0 }: SteamFailure): (failures: number) => number {
  if (kind === 'key') return () => KEY_MS
  const asked = Math.min(retryAfter, LONGEST_ASKED_MS)
  return (failures) => Math.max(asked, Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS))
}
