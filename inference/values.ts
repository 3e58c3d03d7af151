import type { Plays } from './plays.ts'

/** What an owned game counts, by its playtime. */
export type Values = {
  /** Up to `playedOver` minutes. */
  readonly owned: number
  /** Above `playedOver` minutes. */
  readonly played: number
  readonly playedOver: number
}

export const OWNED: Values = { owned: 1, played: 1, playedOver: 0 }

export function valueAt({ owned, played, playedOver }: Values, minutes: number): number {
  return minutes > playedOver ? played : owned
}

/** The entries of X beside the plays' rows, or undefined where all of them are 1. */
export function valuesOf(plays: Plays, values: Values): Float32Array | undefined {
  if (values.owned === 1 && values.played === 1) return undefined
  return Float32Array.from(plays.minutes, (minutes) => valueAt(values, minutes))
}
