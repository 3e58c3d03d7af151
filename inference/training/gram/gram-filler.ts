import type { GramRows, GramSource } from '../../../core/training/gram-source.ts'
import { createTiles, entryAt, setEntry, shapeOf, type Tiles } from '../../solver/tiles.ts'
import { appidFault, countFault, weightFault } from './gram-row.ts'
import { createPairSet } from './pair-set.ts'

/** Two sums of the same weights in another order may differ by so much of themselves. */
const ROUNDING = 1e-5

type Games = {
  readonly vocabulary: Int32Array
  /** Beside `vocabulary`. */
  readonly owners: Int32Array
  /** Of every game on the diagonal, in the vocabulary or not. */
  readonly ownersOf: ReadonlyMap<number, number>
}

/** Takes all rows of a Gram matrix into tiles, at a bit for every pair. Throws one sentence for the first fault. */
export function createGramFiller({ name, weighted }: GramSource, { vocabulary, owners, ownersOf }: Games) {
  const rowOf = new Map(Array.from(vocabulary, (game, row) => [game, row]))
  const tiles = createTiles(shapeOf(vocabulary.length))
  const seen = createPairSet(vocabulary.length)
  let rowsTaken = 0
  /** Pairs of two games that came in one order, and in the other as well. */
  let once = 0
  let mirrored = 0
  let trace = 0

  function fail(fault: string): never {
    throw new Error(`${name}: ${fault}`)
  }

  function takeRow(i: number, j: number, count: number, weight: number | undefined): void {
    const fault =
      appidFault('i', i) ??
      appidFault('j', j) ??
      countFault(i, j, count) ??
      (weight === undefined ? undefined : weightFault(i, j, weight))
    if (fault) fail(`row ${rowsTaken}: ${fault}`)
    const [row, column] = [rowOf.get(i), rowOf.get(j)]
    if (row !== undefined && column !== undefined) takePair(row, column, count, weight ?? count)
    else for (const game of [i, j]) if (!ownersOf.has(game)) fail(missingOwners(game))
  }

  function takePair(row: number, column: number, count: number, value: number): void {
    const [i, j] = [vocabulary[row] as number, vocabulary[column] as number]
    const most = Math.min(owners[row] as number, owners[column] as number)
    if (!seen.add(row, column)) fail(`the pair ${i}, ${j} comes twice`)
    if (row === column) takeDiagonal(i, count, most, value)
    else if (count > most) fail(`the pair ${i}, ${j} has ${count} players, and one of the games only ${most}`)
    else if (seen.has(column, row)) checkMirror(row, column, value)
    else once += 1
    setEntry(tiles, row, column, value)
  }

  function takeDiagonal(game: number, count: number, owners: number, value: number): void {
    if (count !== owners)
      fail(`it changed while it was read: game ${game} had ${owners} players, then ${count}`)
    trace += value
  }

  function checkMirror(row: number, column: number, value: number): void {
    mirrored += 1
    const before = entryAt(tiles, row, column)
    const after = Math.fround(value)
    const slack = weighted ? ROUNDING * Math.max(before, after) : 0
    if (Math.abs(before - after) <= slack) return
    const [i, j] = [vocabulary[row], vocabulary[column]]
    fail(`it is not symmetric: the pair ${j}, ${i} has ${before}, and ${i}, ${j} has ${value}`)
  }

  return {
    rows: () => rowsTaken,
    take({ length, i, j, count, weight }: GramRows): void {
      for (let at = 0; at < length; at++) {
        rowsTaken += 1
        takeRow(i[at] as number, j[at] as number, count[at] as number, weight?.[at])
      }
    },
    /** The whole matrix; what never came is 0. */
    finish(): Tiles {
      for (const [row, game] of vocabulary.entries()) {
        if (!seen.has(row, row)) fail(`it changed while it was read: the pair ${game}, ${game} is gone`)
      }
      if (mirrored > 0 && mirrored !== once) {
        const [row = 0, column = 0] = seen.alone() ?? []
        const [i, j] = [vocabulary[row], vocabulary[column]]
        fail(`the pair ${i}, ${j} is there and ${j}, ${i} is not, though others come both ways`)
      }
      if (weighted) checkScale(trace)
      return tiles
    },
  }

  /** Σ over players of (their weight · their games) is what W is scaled by; only games of the vocabulary belong to it. */
  function checkScale(trace: number): void {
    const pairs = owners.reduce((sum, count) => sum + count, 0)
    if (Math.abs(trace - pairs) <= ROUNDING * pairs) return
    fail(
      `its weights come to ${trace.toPrecision(6)} on the diagonal and its players to ${pairs}, which must be the same: count and weigh only the games with at least --min-players players`,
    )
  }
}

function missingOwners(game: number): string {
  return `the pair ${game}, ${game}, which says how many players own game ${game}, is missing`
}
