import type { GameLabels } from '../../../core/catalogue/game-labels.ts'
import { labelRows } from '../labels.ts'
import { ownersOf, type Plays } from '../plays.ts'
import { valuesOf } from '../values.ts'
import type { Recipe } from '../variants.ts'
import type { Weighting } from './shared-plays.ts'

/** What a Gram matrix is made of: rows, what their entries are, and what each row counts. */
export type Evidence = { readonly plays: Plays; readonly weighting: Weighting }

/**
 * X and W of a recipe, and below them T: a label is one more player, who owns the games that carry it. So the joint Gram
 * matrix XᵀWX + α²·TᵀT (Jeunen, Van Balen and Goethals 2020) is an ordinary one of more rows.
 */
export function evidenceOf(plays: Plays, labels: readonly GameLabels[], recipe: Recipe): Evidence {
  const own = weightingOf(plays, recipe)
  if (recipe.labels.weight === 0) return { plays, weighting: own }
  const { offsets, rows, values } = labelRows(labels, recipe.labels.sources)
  if (rows.length === 0) return { plays, weighting: own }
  const pairs = plays.rows.length
  return {
    plays: {
      vocabulary: plays.vocabulary,
      offsets: joined(
        Uint32Array,
        plays.offsets,
        offsets.subarray(1).map((end) => end + pairs),
      ),
      rows: joined(Int32Array, plays.rows, rows),
      minutes: joined(Int32Array, plays.minutes, new Int32Array(rows.length)),
    },
    weighting: {
      values: joined(Float32Array, own.values ?? new Float32Array(pairs).fill(1), values),
      players: joined(
        Float32Array,
        own.players ?? new Float32Array(plays.offsets.length - 1).fill(1),
        new Float32Array(offsets.length - 1).fill(recipe.labels.weight),
      ),
    },
  }
}

/** X's entries and W's diagonal, without labels. */
export function weightingOf(plays: Plays, recipe: Recipe): Weighting {
  return { values: entriesOf(plays, recipe), players: playerWeights(plays, recipe) }
}

function joined<T extends { set(from: ArrayLike<number>, at?: number): void }>(
  kind: new (length: number) => T,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): T {
  const both = new kind(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** X's entries; undefined where all of them are 1. */
function entriesOf(plays: Plays, recipe: Recipe): Float32Array | undefined {
  const values = valuesOf(plays, recipe.training)
  const given = givenToAll(plays, recipe)
  if (!given.includes(1)) return values
  return Float32Array.from(plays.rows, (row, at) => (given[row] === 1 ? 0 : (values?.[at] ?? 1)))
}

/** 1 for each game that more than `maxShare` of the players own. */
export function givenToAll(plays: Plays, { maxShare }: Recipe): Uint8Array {
  const players = plays.offsets.length - 1
  return Uint8Array.from(ownersOf(plays), (owners) => Number(owners > maxShare * players))
}

/** W's diagonal, scaled so that pairs count 1 on average and l2 means the same for every exponent; undefined where all are 1. */
function playerWeights(
  { offsets }: Plays,
  { players, playerExponent, minLibrary }: Recipe,
): Float32Array | undefined {
  if (players === 1 && playerExponent === 0 && minLibrary <= 1) return undefined
  const sizes = Float64Array.from({ length: offsets.length - 1 }, (_, player) => {
    return (offsets[player + 1] ?? 0) - (offsets[player] ?? 0)
  })
  const weights = sizes.map((size) => (size < Math.max(1, minLibrary) ? 0 : size ** -playerExponent))
  const kept = sizes.map((size, player) => (weights[player] === 0 ? 0 : size))
  const scale = sum(kept) / (sum(kept.map((size, player) => size * (weights[player] ?? 0))) || 1)
  return Float32Array.from(weights, (weight) => players * scale * weight)
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
