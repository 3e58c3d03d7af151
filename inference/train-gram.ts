import { fitGram } from './fit.ts'
import type { GivenGram } from './given-gram.ts'
import { gramOfTiles } from './gram-input.ts'
import { createPhases, type PhaseWatch } from './phases.ts'
import type { Provider } from './session.ts'
import type { Trained } from './train.ts'
import { checkRecipe } from './training-checks.ts'
import type { Recipe } from './variants.ts'

export type GramTask = PhaseWatch & {
  readonly gram: GivenGram
  readonly recipe: Recipe
  readonly minPlayers: number
  readonly provider?: Provider
}

/** Trains on a Gram matrix that was counted elsewhere. Throws one sentence where the recipe needs what it does not hold. */
export async function trainOnGram(task: GramTask): Promise<Trained> {
  const { gram, recipe, provider = 'cpu' } = task
  checkRecipe(recipe)
  const fault = recipeFault(gram.weighted, recipe)
  if (fault) throw new Error(fault)
  const input = gramOfTiles(gram.tiles, gram)
  const fitted = await fitGram(input, recipe, provider, createPhases(task))
  const { vocabulary, owners, pairs } = gram
  return { ...fitted, vocabulary, owners, pairs, players: undefined }
}

/** What a recipe needs and such a matrix does not hold. */
export function recipeFault(weighted: boolean, { training, playerExponent }: Recipe): string | undefined {
  if (training.owned !== 1 || training.played !== 1)
    return 'this variant counts games by their playtime, which a Gram matrix no longer holds: train it on the players'
  if (playerExponent !== 0 && !weighted)
    return 'this variant weighs the players, and the Gram matrix has no column weight: add it (.github/docs/scaling.md has the SQL), or train with --variant edlae'
  if (playerExponent === 0 && weighted)
    return 'this variant does not weigh the players, and the Gram matrix has a column weight: leave it out, or train with --variant default'
  return undefined
}
