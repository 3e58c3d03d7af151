import type { SecondStage } from '../model/reranker/second-stage-files.ts'

export type Trained = {
  /** Appids, ascending; a game's place is its row number in the model. */
  readonly vocabulary: Int32Array
  /** Those of them that may be picked, ascending; a game's place is its column number in the model. */
  readonly targets: Int32Array
  /** Columns of B, row-major, games × targets. */
  readonly weights: Float32Array
  /** How many players own each game. */
  readonly owners: Int32Array
  readonly fingerprint: string
  readonly residual: number
  /** What brings the candidates into their final order. */
  readonly secondStage?: SecondStage | undefined
  /** Undefined where only their Gram matrix is known. */
  readonly players: number | undefined
  /** Pairs of player and game within the vocabulary. */
  readonly pairs: number
}
