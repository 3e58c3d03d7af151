import { checkRecipe } from './checks.ts'
import { fitGram, type Solving } from './fit.ts'
import type { GivenGram } from './gram/given-gram.ts'
import { gramOfTiles } from './gram/gram-input.ts'
import { createPhases, type PhaseWatch } from './phases.ts'
import { keepColumns, targetColumns } from './targets.ts'
import type { Trained } from './trained.ts'
import type { Recipe } from './variants.ts'

export type GramTask = PhaseWatch & {
  readonly gram: GivenGram
  readonly recipe: Recipe
  readonly minPlayers: number
  /** Appids that may be picked: only their columns are kept. All unless it is said. */
  readonly targets?: ReadonlySet<number> | undefined
  /** Where to solve; the processor unless it is said. */
  readonly solving?: Solving
}

/** Trains on a Gram matrix that was counted elsewhere. Throws one sentence where the recipe needs what it does not hold. */
export async function trainOnGram(task: GramTask): Promise<Trained> {
  const { gram, recipe, solving = { provider: 'cpu' } } = task
  checkRecipe(recipe)
  const fault = recipeFault(gram.weighted, recipe)
  if (fault) throw new Error(fault)
  const input = gramOfTiles(gram.tiles, gram)
  const { weights, fingerprint, residual } = await fitGram(input, recipe, solving, createPhases(task))
  const { vocabulary, owners, pairs } = gram
  const columns = targetColumns(vocabulary, task.targets)
  return {
    ...{ fingerprint, residual },
    vocabulary,
    targets: columns.map((column) => vocabulary[column] ?? 0),
    weights: keepColumns(weights, columns),
    owners,
    pairs,
    players: undefined,
  }
}

/** What a recipe needs and such a matrix does not hold. */
export function recipeFault(weighted: boolean, recipe: Recipe): string | undefined {
  const { training, playerExponent, labels, minLibrary, maxShare, players } = recipe
  if (labels.weight !== 0)
    return 'this variant knows games by their labels, which a Gram matrix does not hold: train with --variant weighted or edlae'
  if (minLibrary > 1 || maxShare < 1 || players !== 1)
    return 'this variant leaves players or games out, which a Gram matrix no longer tells apart: train it on the players'
  if (training.owned !== 1 || training.played !== 1)
    return 'this variant counts games by their playtime, which a Gram matrix no longer holds: train it on the players'
  if (playerExponent !== 0 && !weighted)
    return 'this variant weighs the players, and the Gram matrix has no column weight: add it (docs/scaling.md has the SQL), or train with --variant edlae'
  if (playerExponent === 0 && weighted)
    return 'this variant does not weigh the players, and the Gram matrix has a column weight: leave it out, or train with --variant weighted'
  return undefined
}
