import type { Newcomers, ReadGameLabels } from '../core/game-labels.ts'
import type { Interactions } from '../core/interactions.ts'
import { fitWeights } from './fit.ts'
import { withNewcomers } from './newcomers.ts'
import { createPhases, type Phase, type PhaseWatch } from './phases.ts'
import { ownersOf, restrict } from './plays.ts'
import { type Publication, publish } from './publish.ts'
import type { Provider } from './session.ts'
import { checkInteractions, checkRecipe, vocabularyOf } from './training-checks.ts'
import type { Recipe } from './variants.ts'

export type TrainingTask = PhaseWatch & {
  readonly interactions: Interactions
  readonly recipe: Recipe
  /** Owners that a game needs to be in the vocabulary. */
  readonly minPlayers: number
  /** What the catalogue says of games; a recipe that asks for labels finds none without it. */
  readonly readLabels?: ReadGameLabels
  /** Games that are known by their labels alone; none without it, nor where the recipe asks for no labels. */
  readonly newcomers?: Newcomers
  readonly provider?: Provider
  /** Bytes that may be used; what the machine has free unless it is said. */
  readonly memory?: number
}

export type Trained = {
  /** Appids, ascending; a game's place is its row number in the model. */
  readonly vocabulary: Int32Array
  /** B, row-major, games × games. */
  readonly weights: Float32Array
  /** How many players own each game. */
  readonly owners: Int32Array
  readonly fingerprint: string
  readonly residual: number
  readonly players: number
  /** Pairs of player and game within the vocabulary. */
  readonly pairs: number
}

/** Trains in memory; nothing is written. Throws one sentence for anything that cannot be trained on. */
export async function trainModel(task: TrainingTask): Promise<Trained> {
  const { interactions, recipe, minPlayers, provider = 'cpu', memory = process.availableMemory() } = task
  const phases = createPhases(task)
  checkRecipe(recipe)
  const plays = await phases.time('vocabulary', async () => {
    checkInteractions(interactions)
    const known = vocabularyOf(interactions, minPlayers, memory)
    const { newcomers } = recipe.labels.weight > 0 ? task : {}
    return restrict(interactions, newcomers ? await withNewcomers(known, newcomers, memory) : known)
  })
  const labels = await phases.time('labels', () => task.readLabels?.(plays.vocabulary))
  const fitted = await fitWeights(plays, recipe, provider, phases, labels)
  return {
    ...fitted,
    vocabulary: plays.vocabulary,
    owners: ownersOf(plays),
    players: plays.offsets.length - 1,
    pairs: plays.rows.length,
  }
}

function newcomersOf(owners: Int32Array, minPlayers: number): number {
  return owners.filter((count) => count < minPlayers).length
}

export type Published = Trained & { readonly version: number }

/**
 * Trains, and publishes the model as the next version. Whatever goes wrong before that, nothing has been written: the
 * model folder does not even come into being.
 */
export async function trainAndPublish(
  task: TrainingTask & { readonly modelDir: string },
): Promise<Published> {
  const { modelDir, recipe, minPlayers, interactions, onPhase } = task
  const timings: Record<string, number> = {}
  const note = (phase: Phase) => {
    timings[phase.name] = phase.seconds
    onPhase?.(phase)
  }
  const trained = await trainModel({ ...task, onPhase: note })
  const { vocabulary, weights, owners, fingerprint, residual, players, pairs } = trained
  const publication: Publication = {
    modelDir,
    games: vocabulary,
    weights,
    owners,
    inputWeights: { owned: recipe.input.owned, played: recipe.input.played },
    manifest: {
      fingerprint,
      options: { ...recipe, minPlayers, synthetic: interactions.synthetic },
      counts: {
        ...{ players, games: vocabulary.length, newcomers: newcomersOf(owners, minPlayers), pairs },
        duplicates: interactions.duplicates,
      },
      metrics: { residual },
      timings,
    },
  }
  const version = await createPhases({ ...task, onPhase: note }).time('publish', () => publish(publication))
  return { ...trained, version }
}
