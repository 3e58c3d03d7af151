import type { GameId } from '../ids.ts'
import type { WeightedGame } from '../players/library.ts'

export type Reason = {
  readonly game: GameId
  /** This game's positive contribution / the sum of the positive contributions; 0 to 1. */
  readonly share: number
}

export type Ranked = {
  readonly game: GameId
  readonly score: number
  /** Greatest share first, at most three. */
  readonly reasons: readonly Reason[]
  /** How many players of the training own it; undefined with a model that does not say. */
  readonly owners?: number | undefined
  /** Of a library of one game: how many players of the training own both, as far as the model says. */
  readonly bothOwn?: number | undefined
}

export interface Scorer {
  /**
   * The best allowed games that are not owned, best first, ties by id. Empty where no game that counts is in the model's
   * vocabulary. Throws `Unavailable('inference' | 'model')`.
   */
  rank(owned: readonly WeightedGame[], allowed: readonly GameId[], limit: number): Promise<readonly Ranked[]>
}
