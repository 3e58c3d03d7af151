import type { Weighting } from './gram.ts'
import type { Plays } from './plays.ts'
import { OWNED, type Values, valuesOf } from './values.ts'

/**
 * One closed form of the model. From G = XᵀWX and Λ = l2 + dropout / (1 − dropout) · diag(G) follows P = (G + Λ)⁻¹, and
 * B_ij = −P_ij / P_jj · n_j^−targetExponent off the diagonal, where n_j is how many players own game j.
 */
export type Recipe = {
  readonly l2: number
  /** 0 to below 1: how often a game is imagined to be missing from a library (EDLAE, Steck 2020). */
  readonly dropout: number
  /** W ~ (games of the player)^−playerExponent: large libraries say less about each of their games (DAN, Park et al. 2025). */
  readonly playerExponent: number
  /** Above 0, popular games are picked less readily. */
  readonly targetExponent: number
  /** The entries of X in training. */
  readonly training: Values
  /** What a library's games count when it is scored. */
  readonly input: Values
}

export const EASE: Recipe = {
  l2: 200,
  dropout: 0,
  playerExponent: 0,
  targetExponent: 0,
  training: OWNED,
  input: OWNED,
}

/** What is trained and served: the best of the closed forms tried, by NDCG@100 on a validation split of training players. */
export const DEFAULT: Recipe = {
  ...EASE,
  dropout: 0.3,
  playerExponent: 0.5,
  targetExponent: 0.15,
  input: { owned: 1, played: 1.75, playedOver: 0 },
}

export const DEFAULT_MIN_PLAYERS = 10

/** What `--variant` may name. Those but the default need nothing of the players but how many own which two games. */
export const VARIANTS = {
  default: DEFAULT,
  edlae: { ...DEFAULT, playerExponent: 0 },
  ease: EASE,
} as const satisfies Readonly<Record<string, Recipe>>

export type VariantName = keyof typeof VARIANTS

const OVER_TWO_HOURS: Values = { owned: 0, played: 1, playedOver: 120 }

/** The method of the program that ours grew from. */
export const SEED: Recipe = { ...EASE, l2: 0.5, training: OVER_TWO_HOURS, input: OVER_TWO_HOURS }

/** X's entries and W's diagonal for a recipe. */
export function weightingOf(plays: Plays, { training, playerExponent }: Recipe): Weighting {
  return {
    values: valuesOf(plays, training),
    players: playerExponent === 0 ? undefined : playerWeights(plays, playerExponent),
  }
}

/** Scaled so that pairs count 1 on average, and l2 means the same for every exponent. */
function playerWeights({ offsets, rows }: Plays, exponent: number): Float32Array {
  const sizes = Float64Array.from({ length: offsets.length - 1 }, (_, player) => {
    return (offsets[player + 1] ?? 0) - (offsets[player] ?? 0)
  })
  const weights = sizes.map((size) => (size === 0 ? 0 : size ** -exponent))
  const total = weights.reduce((sum, weight, player) => sum + weight * (sizes[player] ?? 0), 0)
  return Float32Array.from(weights, (weight) => (weight * rows.length) / total)
}

/** Λ's diagonal; `diagonal` is that of G. */
export function ridgeOf(diagonal: Float32Array, { l2, dropout }: Recipe): Float32Array {
  return diagonal.map((own) => l2 + (dropout / (1 - dropout)) * own)
}

/** n_j^−targetExponent for each game, from how many players own it. */
export function targetWeights(owners: Int32Array, { targetExponent }: Recipe): Float64Array {
  return Float64Array.from(owners, (count) => Math.max(1, count) ** -targetExponent)
}
