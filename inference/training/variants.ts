import type { LabelWeights } from './labels.ts'
import { OWNED, type Values } from './values.ts'

/**
 * One closed form of the model. X is players × games, T labels × games (`labels.ts`), n_i how many players own game i.
 *
 *     G = players · XᵀWX + labels.weight · TᵀT
 *     Λ_ii = l2 · (n_i / mean n)^ridgeExponent + dropout / (1 − dropout) · G_ii
 *     P = (G + Λ)⁻¹
 *     E_ij = −P_ij · max(Λ_jj, (1 − selfWeight) / P_jj), and E_jj = 0
 *     B_ij = sign(E_ij) · |E_ij|^power · n_i^sourceExponent · n_j^−targetExponent; times otherGames where i is no indie game
 *
 * A library x scores s = x·B. README.md beside this file tells where each part comes from.
 */
export type Recipe = {
  /** λ, in players. */
  readonly l2: number
  /** 0 to below 1: how often a game is imagined to be missing from a library (EDLAE, Steck 2020). */
  readonly dropout: number
  /** Above 0, popular games are held down more (the scaled Gram matrix of MRF, Steck 2019). */
  readonly ridgeExponent: number
  /** 0 to 1, ξ: how far a game may explain itself before it is left out of its own score (RDLAE, Moon et al. 2023). */
  readonly selfWeight: number
  /** W ~ (games of the player)^−playerExponent: large libraries say less about each of their games (DAN, Park et al. 2025). */
  readonly playerExponent: number
  /** Above 0. Above 1, a strong link counts more than as many weak ones together: what is mostly noise is held down. */
  readonly power: number
  /** Above 0, what a popular game says counts more (DAN). */
  readonly sourceExponent: number
  /** What a game says that is no indie game itself, and so is never picked. */
  readonly otherGames: number
  /** Above 0, popular games are picked less readily. */
  readonly targetExponent: number
  /** Smaller libraries are left out of training. */
  readonly minLibrary: number
  /** A game that more than this share of the players own, since it was given to everybody, says nothing. */
  readonly maxShare: number
  /** What a library counts: 1, or 0 for a model of labels alone. */
  readonly players: number
  readonly labels: LabelWeights
  /** The entries of X in training. */
  readonly training: Values
  /** What a library's games count when it is scored. */
  readonly input: Values
  /** From how many players the order of the candidates is learnt; 0 leaves it as the scores have it. */
  readonly reranked: number
  /** d: the re-ranker takes d · ln(owners) off. */
  readonly restraint: number
}

export const EASE: Recipe = {
  l2: 200,
  dropout: 0,
  ridgeExponent: 0,
  selfWeight: 0,
  playerExponent: 0,
  power: 1,
  sourceExponent: 0,
  otherGames: 1,
  targetExponent: 0,
  minLibrary: 1,
  maxShare: 1,
  players: 1,
  labels: { weight: 0, sources: ['tag', 'genre', 'developer'] },
  training: OWNED,
  input: OWNED,
  reranked: 0,
  restraint: 0,
}

/** What is trained and served: chosen by NDCG@100 on folds of players that have nothing to do with the test players. */
export const DEFAULT: Recipe = {
  ...EASE,
  dropout: 0.33,
  playerExponent: 0.5,
  power: 1.25,
  otherGames: 0.8,
  targetExponent: 0.15,
  labels: { weight: 30, sources: ['tag', 'genre', 'developer', 'release'] },
  input: { owned: 1, played: 1.75, playedOver: 0 },
  reranked: 200,
  restraint: 0.3,
}

export const DEFAULT_MIN_PLAYERS = 10

/** They make the solve of the real catalogue about twice as long. */
export const DEFAULT_NEWCOMERS = 2_000

/** What a Gram matrix tells nothing of. */
const LABELLESS = { labels: EASE.labels, otherGames: 1, reranked: 0 } as const

/**
 * What `--variant` may name. `edlae` and `ease` need nothing of the players but how many own which two games, `weighted` the
 * same sum with a weight for each player.
 */
export const VARIANTS = {
  default: DEFAULT,
  weighted: { ...DEFAULT, ...LABELLESS },
  edlae: { ...DEFAULT, ...LABELLESS, playerExponent: 0 },
  ease: EASE,
} as const satisfies Readonly<Record<string, Recipe>>

export type VariantName = keyof typeof VARIANTS

const OVER_TWO_HOURS: Values = { owned: 0, played: 1, playedOver: 120 }

/** The method of the program that ours grew from. */
export const SEED: Recipe = { ...EASE, l2: 0.5, training: OVER_TWO_HOURS, input: OVER_TWO_HOURS }
