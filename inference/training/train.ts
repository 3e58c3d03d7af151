import type { Newcomers, ReadGameLabels } from '../../core/catalogue/game-labels.ts'
import type { Interactions } from '../../core/training/interactions.ts'
import { type Publication, publish, stageVersion } from '../model/publish.ts'
import { checkInteractions, checkRecipe, vocabularyOf } from './checks.ts'
import { fitWeights, type Solving } from './fit.ts'
import { withNewcomers } from './newcomers.ts'
import { createPhases, type Phase, type PhaseWatch } from './phases.ts'
import { ownersOf, restrict } from './plays.ts'
import { learnSecondStage } from './reranker/rerank-plays.ts'
import { keepColumns, targetColumns } from './targets.ts'
import { type GramTask, trainOnGram } from './train-gram.ts'
import type { Trained } from './trained.ts'
import type { Recipe } from './variants.ts'

export type TrainingTask = PhaseWatch & {
  readonly interactions: Interactions
  readonly recipe: Recipe
  /** Owners that a game needs to be in the vocabulary. */
  readonly minPlayers: number
  /** Appids that may be picked: only their columns are kept. All unless it is said. */
  readonly targets?: ReadonlySet<number> | undefined
  /** Where to solve; the processor unless it is said. */
  readonly solving?: Solving
  /** What the catalogue says of games; a recipe that asks for labels finds none without it. */
  readonly readLabels?: ReadGameLabels
  /** Games that are known by their labels alone; none without it, nor where the recipe asks for no labels. */
  readonly newcomers?: Newcomers
  /** Bytes that may be used; what the machine has free unless it is said. */
  readonly memory?: number
  /** By which rule players were left out; in the manifest, so that no model is measured by players whom it has seen. */
  readonly heldOut?: string
  /** The refresh that asked for it. */
  readonly refresh?: string
}

/** Trains in memory; nothing is written. Throws one sentence for anything that cannot be trained on. */
export async function trainModel(task: TrainingTask): Promise<Trained> {
  const { interactions, recipe, minPlayers, memory = process.availableMemory() } = task
  const { solving = { provider: 'cpu' } } = task
  const phases = createPhases(task)
  checkRecipe(recipe)
  const plays = await phases.time('vocabulary', async () => {
    checkInteractions(interactions)
    const known = vocabularyOf(interactions, minPlayers, memory)
    const { newcomers } = recipe.labels.weight > 0 ? task : {}
    return restrict(interactions, newcomers ? await withNewcomers(known, newcomers, memory) : known)
  })
  const { vocabulary } = plays
  const columns = targetColumns(vocabulary, task.targets)
  const labels = await phases.time('labels', () => task.readLabels?.(vocabulary))
  const { inverse, scale, ...fitted } = await fitWeights(plays, recipe, solving, phases, labels)
  const secondStage = await learnSecondStage({
    ...{ plays, recipe, phases, rows: columns, solved: { inverse, scale } },
    labels: labels ?? Array.from(vocabulary, () => ({})),
  })
  return {
    ...fitted,
    secondStage,
    vocabulary,
    targets: columns.map((column) => vocabulary[column] ?? 0),
    weights: keepColumns(fitted.weights, columns),
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
  task: (TrainingTask | GramTask) & { readonly modelDir: string },
): Promise<Published> {
  const { trained, publication, noting } = await trainToPublish(task)
  const version = await createPhases(noting).time('publish', () => publish(publication))
  return { ...trained, version }
}

export type TrainedAside = Pick<Trained, 'vocabulary' | 'pairs'> & {
  readonly folder: string
  readonly players: number
}

/** Trains, and lays the model down under this name, where no server sees it. The weights stay in the files alone. */
export async function trainAside(
  task: TrainingTask & { readonly modelDir: string; readonly name: string },
): Promise<TrainedAside> {
  const { trained, publication, noting } = await trainToPublish(task)
  const folder = await createPhases(noting).time('lay aside', () => stageVersion(publication, task.name))
  const { vocabulary, pairs } = trained
  return { folder, vocabulary, players: task.interactions.offsets.length - 1, pairs }
}

async function trainToPublish(task: (TrainingTask | GramTask) & { readonly modelDir: string }) {
  const { modelDir, recipe, minPlayers, onPhase } = task
  const timings: Record<string, number> = {}
  const noting: PhaseWatch = {
    onBegin: task.onBegin,
    onPhase: (phase: Phase) => {
      timings[phase.name] = phase.seconds
      onPhase?.(phase)
    },
  }
  const watched = { ...task, ...noting }
  const trained = await ('gram' in watched ? trainOnGram(watched) : trainModel(watched))
  const { vocabulary, targets, weights, owners, secondStage, fingerprint, residual, pairs } = trained
  const { refresh, options, counts } = originOf(task, trained)
  const publication: Publication = {
    modelDir,
    games: vocabulary,
    targets,
    weights,
    owners,
    secondStage,
    inputWeights: { owned: recipe.input.owned, played: recipe.input.played },
    manifest: {
      ...(refresh !== undefined && { refresh }),
      fingerprint,
      options: { ...recipe, minPlayers, ...options },
      counts: { ...counts, games: vocabulary.length, targets: targets.length, pairs },
      metrics: { residual },
      timings,
    },
  }
  return { trained, publication, noting }
}

/** What only those know who see the players, and where the matrix is from for those who do not. */
function originOf(task: TrainingTask | GramTask, { players, owners }: Trained) {
  if ('gram' in task) return { refresh: undefined, options: { gram: task.gram.name }, counts: {} }
  const { interactions, heldOut, refresh, minPlayers } = task
  const { synthetic, duplicates } = interactions
  const newcomers = newcomersOf(owners, minPlayers)
  return {
    refresh,
    options: { synthetic, heldOut },
    counts: { ...(players !== undefined && { players }), newcomers, duplicates },
  }
}
