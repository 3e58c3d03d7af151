import { hash } from '../../model/hash.ts'
import type { Plays } from '../plays.ts'
import type { HiddenCase } from './told-cases.ts'

/** One seed for all trainings, another than those of the evaluations. */
const SEED = 5

const HIDDEN = 0.2
const MIN_OWNED = 21
const MIN_PLAYED_INDIE = 5
/** The largest libraries take the longest to leave out, and say the least. */
const MAX_OWNED = 1_000

/** How many times a fifth is hidden: what leaving a player out costs is spent once. */
const WHOLE_EACH = 3

/** Sizes to which whole libraries are cut down as well, and how many of these each player gets. */
const THIN_SIZES = [1, 3, 5, 10, 20]
const THIN_EACH = 3

/** A player of the plays, and the questions that are put about them. */
export type Examined = { readonly player: number; readonly cases: readonly HiddenCase[] }

/**
 * A sample of the players, always the same for the same data: some fifths of the played indie games of each are to be found from the
 * rest, and most of them from a few games. `columns`: the column of each row, −1 where it is no target.
 */
export function hiddenCases(plays: Plays, columns: Int32Array, players: number): Examined[] {
  const eligible = Array.from({ length: plays.offsets.length - 1 }, (_, player) => player).filter(
    (player) => {
      const { rows, played } = libraryOf(plays, columns, player)
      return rows.length >= MIN_OWNED && rows.length <= MAX_OWNED && played.length >= MIN_PLAYED_INDIE
    },
  )
  const drawn = eligible.sort((a, b) => hash(SEED, a) - hash(SEED, b) || a - b).slice(0, players)
  return drawn.map((player, place) => {
    const library = libraryOf(plays, columns, player)
    const sizes = Array.from(
      { length: THIN_EACH },
      (_, at) => THIN_SIZES[(place * THIN_EACH + at) % THIN_SIZES.length] ?? 1,
    )
    return {
      player,
      cases: [...wholes(library, player), ...sizes.map((size) => leaveFew(library, player, size))],
    }
  })
}

type Library = {
  /** Columns beside the player's games, −1 for what is no target. */
  readonly rows: Int32Array
  readonly minutes: Int32Array
  /** Places of the played targets. */
  readonly played: readonly number[]
}

function libraryOf(plays: Plays, columns: Int32Array, player: number): Library {
  const [from, to] = [plays.offsets[player] ?? 0, plays.offsets[player + 1] ?? 0]
  const rows = plays.rows.subarray(from, to).map((row) => columns[row] ?? -1)
  const minutes = plays.minutes.subarray(from, to)
  const played = [...rows.keys()].filter((at) => (rows[at] ?? -1) >= 0 && (minutes[at] ?? 0) > 0)
  return { rows, minutes, played }
}

function wholes(library: Library, player: number): HiddenCase[] {
  return Array.from({ length: WHOLE_EACH }, (_, time) => hideSome(library, hash(player, time)))
}

function hideSome({ rows, played }: Library, seed: number): HiddenCase {
  const hidden = new Set(shuffled(played, seed).slice(0, Math.max(1, Math.floor(played.length * HIDDEN))))
  return {
    input: Int32Array.from(rows.keys()).filter((at) => !hidden.has(at)),
    targets: Int32Array.from(hidden, (at) => rows[at] ?? 0),
    masked: new Int32Array(),
  }
}

/** Played games are left; all other played indie games are to be found, and what was only bought is no wrong answer. */
function leaveFew({ rows, minutes, played }: Library, player: number, size: number): HiddenCase {
  const named = [...rows.keys()].filter((at) => (minutes[at] ?? 0) > 0)
  const left = new Set(shuffled(named, hash(player, size)).slice(0, size))
  const targets = played.filter((at) => !left.has(at))
  const found = new Set(targets)
  const column = (at: number) => rows[at] ?? -1
  return {
    input: Int32Array.from(left).sort(),
    targets: Int32Array.from(targets, column),
    masked: Int32Array.from(rows.keys())
      .filter((at) => column(at) >= 0 && !left.has(at) && !found.has(at))
      .map(column),
  }
}

function shuffled(places: readonly number[], seed: number): number[] {
  const order = (at: number) => hash(hash(SEED, seed), at)
  return [...places].sort((a, b) => order(a) - order(b) || a - b)
}
