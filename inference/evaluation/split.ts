import type { Interactions } from '../../core/training/interactions.ts'
import { hash } from '../model/hash.ts'
import type { Plays } from '../training/plays.ts'

/** One seed for all measurements, so that figures of different days can be compared. */
const SPLIT_SEED = 1

const HELD_OUT = 0.2
const TARGETS = 0.2
const MIN_OWNED = 21
const MIN_PLAYED_INDIE = 5

/**
 * Keeps a fifth of the players out of training. Who they are depends on a player's number alone, so that it does not change
 * when others come or go.
 */
export function splitPlayers(all: Interactions, seed = SPLIT_SEED) {
  const heldOut = (player: number) => hash(seed, player) < HELD_OUT * 2 ** 32
  return { train: keepPlayers(all, (player) => !heldOut(player)), test: keepPlayers(all, heldOut) }
}

function keepPlayers(all: Interactions, keep: (player: number) => boolean): Interactions {
  const kept = [...all.players.keys()].filter((at) => keep(all.players[at] ?? 0))
  const slices = kept.map((at) => [all.offsets[at] ?? 0, all.offsets[at + 1] ?? 0] as const)
  const offsets = new Uint32Array(kept.length + 1)
  for (const [at, [from, to]] of slices.entries()) offsets[at + 1] = (offsets[at] ?? 0) + to - from
  const gather = (source: Int32Array) => {
    const target = new Int32Array(offsets.at(-1) ?? 0)
    for (const [at, [from, to]] of slices.entries()) target.set(source.subarray(from, to), offsets[at])
    return target
  }
  const players = Int32Array.from(kept, (at) => all.players[at] ?? 0)
  return { ...all, offsets, games: gather(all.games), minutes: gather(all.minutes), players }
}

/** One held-out library, cut in two; all numbers are row numbers of the model. */
export type Case = {
  readonly input: Int32Array
  /** Beside `input`. */
  readonly minutes: Int32Array
  /** Played indie games, none of which is in the input. */
  readonly targets: ReadonlySet<number>
}

/**
 * Hides a fifth (at least one) of each player's played indie games. Left out are players with fewer than 21 games or
 * fewer than 5 played indie games, both counted within the vocabulary. `players` runs beside the plays' offsets.
 */
export function cutCases(
  plays: Plays,
  players: Int32Array,
  indie: ReadonlySet<number>,
  seed = SPLIT_SEED,
): Case[] {
  const isIndie = Uint8Array.from(plays.vocabulary, (game) => Number(indie.has(game)))
  return Array.from(players, (player, at) => {
    const rows = plays.rows.subarray(plays.offsets[at], plays.offsets[at + 1])
    const minutes = plays.minutes.subarray(plays.offsets[at], plays.offsets[at + 1])
    const played = rows.filter((row, i) => isIndie[row] === 1 && (minutes[i] ?? 0) > 0)
    if (rows.length < MIN_OWNED || played.length < MIN_PLAYED_INDIE) return []
    const order = (row: number) => hash(hash(seed, player), plays.vocabulary[row] ?? 0)
    const shuffled = [...played].sort((a, b) => order(a) - order(b) || a - b)
    return [cut(rows, minutes, new Set(shuffled.slice(0, Math.max(1, Math.floor(played.length * TARGETS)))))]
  }).flat()
}

/** A library without these games. */
export function cut(rows: Int32Array, minutes: Int32Array, targets: ReadonlySet<number>): Case {
  const kept = (_: number, at: number) => !targets.has(rows[at] ?? 0)
  return { input: rows.filter(kept), minutes: minutes.filter(kept), targets }
}
