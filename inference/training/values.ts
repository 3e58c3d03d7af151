import type { Plays } from './plays.ts'

/** What an owned game counts, by its playtime. */
export type Values = {
  /** Up to `playedOver` minutes. */
  readonly owned: number
  /** Above `playedOver` minutes. */
  readonly played: number
  readonly playedOver: number
  /** What long play adds to `played`. A model with it can be measured, but is not served. */
  readonly playtime?: Playtime | undefined
}

/** `weight` times: ln(1 + hours); or hours up to 20, as a share of 20; or m / (m + the median of the game's players). */
export type Playtime = { readonly by: 'log' | 'cap' | 'median'; readonly weight: number }

export const OWNED: Values = { owned: 1, played: 1, playedOver: 0 }

const CAP_HOURS = 20

/** `median`: minutes of those who played the game. */
export function valueAt(values: Values, minutes: number, median: number): number {
  const { owned, played, playedOver, playtime } = values
  if (minutes <= playedOver) return owned
  return playtime ? played + playtime.weight * longPlay(playtime.by, minutes, median) : played
}

function longPlay(by: Playtime['by'], minutes: number, median: number): number {
  switch (by) {
    case 'log':
      return Math.log1p(minutes / 60)
    case 'cap':
      return Math.min(minutes / 60, CAP_HOURS) / CAP_HOURS
    case 'median':
      return minutes / (minutes + median)
  }
}

/** The entries of X beside the plays' rows, or undefined where all of them are 1. */
export function valuesOf(plays: Plays, values: Values): Float32Array | undefined {
  if (values.owned === 1 && values.played === 1 && values.playtime === undefined) return undefined
  const medians = mediansFor(values, plays)
  return Float32Array.from(plays.minutes, (minutes, at) =>
    valueAt(values, minutes, medians[plays.rows[at] ?? 0] ?? 0),
  )
}

/** For each game, the median minutes of those who played it, or 1 where nobody did; all 0 where no value asks for them. */
export function mediansFor({ playtime }: Values, { vocabulary, rows, minutes }: Plays): Float64Array {
  const medians = new Float64Array(vocabulary.length)
  if (playtime?.by !== 'median') return medians
  const played = Array.from(vocabulary, (): number[] => [])
  for (const [at, row] of rows.entries()) {
    const time = minutes[at] ?? 0
    if (time > 0) played[row]?.push(time)
  }
  return medians.map((_, row) => {
    const times = (played[row] ?? []).sort((a, b) => a - b)
    return times[Math.floor(times.length / 2)] ?? 1
  })
}
