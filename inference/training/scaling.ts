import type { GameLabels } from '../../core/catalogue/game-labels.ts'
import type { Recipe } from './variants.ts'
import type { Scale } from './weights.ts'

/** Λ's diagonal; `diagonal` is that of G, `owners` runs beside it. */
export function ridgeOf(diagonal: Float32Array, owners: Int32Array, recipe: Recipe): Float32Array {
  const { l2, dropout, ridgeExponent } = recipe
  const mean = owners.reduce((sum, count) => sum + count, 0) / owners.length || 1
  return diagonal.map((own, game) => {
    const held = ridgeExponent === 0 ? l2 : l2 * (Math.max(1, owners[game] ?? 0) / mean) ** ridgeExponent
    return held + (dropout / (1 - dropout)) * own
  })
}

/** What makes B of P; `inverse` is P's diagonal, `ridge` Λ's; owners and labels run beside them. */
export function scaleOf(
  inverse: Float32Array,
  ridge: Float32Array,
  owners: Int32Array,
  labels: readonly GameLabels[],
  { selfWeight, power, sourceExponent, otherGames, targetExponent }: Recipe,
): Scale {
  const known = (game: number, exponent: number) => Math.max(1, owners[game] ?? 0) ** exponent
  return {
    power,
    explained: Float64Array.from(inverse, (own, j) => {
      // A game of which nothing else is known is its own ridge: rounding must not make more of it.
      return -(selfWeight === 0 ? 1 / own : Math.max(ridge[j] ?? 0, (1 - selfWeight) / own))
    }),
    source: Float64Array.from(
      inverse,
      (_, i) => known(i, sourceExponent) * (labels[i]?.indie ? 1 : otherGames),
    ),
    target: Float64Array.from(inverse, (_, j) => known(j, -targetExponent)),
  }
}
