const FIRST_MS = 5_000
const LONGEST_MS = 300_000

const FIRST_REPEAT_MS = 2_000
const LONGEST_REPEAT_MS = 30_000

/** How long to leave a channel alone after so many failures: twice as long each time, to within some minutes. */
export function backoffMs(failures: number, random = Math.random): number {
  return jittered(Math.min(FIRST_MS * 2 ** failures, LONGEST_MS), random)
}

/**
 * How long until a post of which nobody knows is repeated: as long as it has been in doubt, so that the waits double while
 * the platform still remembers it.
 */
export function repeatMs(doubtMs: number, random = Math.random): number {
  return jittered(Math.min(Math.max(doubtMs, FIRST_REPEAT_MS), LONGEST_REPEAT_MS), random)
}

/** What a platform asks for is obeyed in full; those that it asked at once do not come back at once. */
export function restMs(askedMs: number, random = Math.random): number {
  return askedMs + random() * 1_000
}

function jittered(ms: number, random: () => number): number {
  return ms * (0.5 + random() / 2)
}
