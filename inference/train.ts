import type { Interactions } from '../core/interactions.ts'
import { fitWeights } from './fit.ts'
import { createPhases, type Phase, type PhaseWatch } from './phases.ts'
import { ownersOf, restrict } from './plays.ts'
import { type Publication, publish } from './publish.ts'
import type { Provider } from './session.ts'
import { type GramTask, trainOnGram } from './train-gram.ts'
import { checkInteractions, checkRecipe, vocabularyOf } from './training-checks.ts'
import type { Recipe } from './variants.ts'

export type TrainingTask = PhaseWatch & {
  readonly interactions: Interactions
  readonly recipe: Recipe
  /** Owners that a game needs to be in the vocabulary. */
  readonly minPlayers: number
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
  /** Undefined where only their Gram matrix is known. */
  readonly players: number | undefined
  /** Pairs of player and game within the vocabulary. */
  readonly pairs: number
}

/** Trains in memory; nothing is written. Throws one sentence for anything that cannot be trained on. */
export async function trainModel(task: TrainingTask): Promise<Trained> {
  const { interactions, recipe, minPlayers, provider = 'cpu', memory = process.availableMemory() } = task
  const phases = createPhases(task)
  checkRecipe(recipe)
  const plays = await phases.time('vocabulary', () => {
    checkInteractions(interactions)
    return restrict(interactions, vocabularyOf(interactions, minPlayers, memory))
  })
  const fitted = await fitWeights(plays, recipe, provider, phases)
  return {
    ...fitted,
    vocabulary: plays.vocabulary,
    owners: ownersOf(plays),
    players: plays.offsets.length - 1,
    pairs: plays.rows.length,
  }
}

export type Published = Trained & { readonly version: number }

/**
 * Trains, and publishes the model as the next version. Whatever goes wrong before that, nothing has been written: the
 * model folder does not even come into being.
 */
export async function trainAndPublish(
  task: (TrainingTask | GramTask) & { readonly modelDir: string },
): Promise<Published> {
  const { modelDir, recipe, minPlayers, onPhase } = task
  const timings: Record<string, number> = {}
  const note = (phase: Phase) => {
    timings[phase.name] = phase.seconds
    onPhase?.(phase)
  }
  const watched = { ...task, onPhase: note }
  const trained = await ('gram' in watched ? trainOnGram(watched) : trainModel(watched))
  const { vocabulary, weights, owners, fingerprint, residual, players, pairs } = trained
  const { options, counts } = originOf(task, players)
  const publication: Publication = {
    modelDir,
    games: vocabulary,
    weights,
    owners,
    inputWeights: { owned: recipe.input.owned, played: recipe.input.played },
    manifest: {
      fingerprint,
      options: { ...recipe, minPlayers, ...options },
      counts: { ...counts, games: vocabulary.length, pairs },
      metrics: { residual },
      timings,
    },
  }
  const version = await createPhases({ ...task, onPhase: note }).time('publish', () => publish(publication))
  return { ...trained, version }
}

/** What only those know who see the players, and where the matrix is from for those who do not. */
function originOf(task: TrainingTask | GramTask, players: number | undefined) {
  if ('gram' in task) return { options: { gram: task.gram.name }, counts: {} }
  const { synthetic, duplicates } = task.interactions
  return { options: { synthetic }, counts: { ...(players !== undefined && { players }), duplicates } }
}
