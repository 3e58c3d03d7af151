import type { GameLabels, ReadGameLabels } from '../../core/catalogue/game-labels.ts'
import type { Interactions } from '../../core/training/interactions.ts'
import { checkInteractions, checkRecipe, vocabularyOf } from '../training/checks.ts'
import { type Fitted, fitWeights, type Solving } from '../training/fit.ts'
import { createPhases, type Phases, type PhaseWatch } from '../training/phases.ts'
import { ownersOf, type Plays, restrict } from '../training/plays.ts'
import type { Recipe } from '../training/variants.ts'
import { type Case, cutCases, splitPlayers } from './split.ts'

export type EvaluationTask = PhaseWatch & {
  readonly interactions: Interactions
  /** Appids of the catalogue's indie games. */
  readonly indie: ReadonlySet<number>
  /** What the catalogue says of games; nothing where it is absent. */
  readonly readLabels?: ReadGameLabels
  readonly minPlayers: number
  /** Where to solve; the processor unless it is said. */
  readonly solving?: Solving
  readonly memory?: number
}

/** What every method is fitted on, and measured by. */
export type Ground = {
  readonly plays: Plays
  /** How many training players own each game of the vocabulary. */
  readonly owners: Int32Array
  /** Beside the vocabulary. */
  readonly labels: readonly GameLabels[]
  /** The held-out players' whole libraries. */
  readonly heldOut: Plays
  readonly cases: readonly Case[]
  /** Rows of indie games, ascending. */
  readonly indieRows: Int32Array
}

/** A fifth of the players is held out. */
export async function testGround(task: EvaluationTask): Promise<Ground> {
  checkInteractions(task.interactions)
  const { train, test } = splitPlayers(task.interactions)
  return groundOf(task, train, test)
}

/** Another seed than the test players', so that the two splits have nothing to do with each other. */
const VALIDATION_SEED = 2

/** The test players are left out altogether, and a fifth of the others is held out: whatever is chosen is chosen here. */
export async function validationGround(task: EvaluationTask): Promise<Ground> {
  checkInteractions(task.interactions)
  const { train } = splitPlayers(task.interactions)
  const inner = splitPlayers(train, VALIDATION_SEED)
  return groundOf(task, inner.train, inner.test)
}

async function groundOf(
  { indie, minPlayers, memory = process.availableMemory(), readLabels }: EvaluationTask,
  train: Interactions,
  test: Interactions,
): Promise<Ground> {
  checkInteractions(train)
  const vocabulary = vocabularyOf(train, minPlayers, memory)
  const heldOut = restrict(test, vocabulary)
  const cases = cutCases(heldOut, test.players, indie)
  if (cases.length === 0) {
    throw new Error('no held-out player has 21 games and 5 played indie games: import more players')
  }
  const plays = restrict(train, vocabulary)
  return {
    plays,
    owners: ownersOf(plays),
    labels: (await readLabels?.(vocabulary)) ?? Array.from(vocabulary, () => ({})),
    heldOut,
    cases,
    indieRows: Int32Array.from(vocabulary.keys()).filter((row) => indie.has(vocabulary[row] ?? 0)),
  }
}

/**
 * Fits one recipe and hands its B to `use`: nobody else holds it, so that one recipe's matrix is gone before the next is
 * made.
 */
export async function withWeights<T>(
  ground: Pick<Ground, 'plays' | 'labels'>,
  named: { readonly name: string; readonly recipe: Recipe },
  task: PhaseWatch & { readonly solving?: Solving },
  use: (weights: Float32Array) => T,
): Promise<T> {
  return withFitted(ground, named, task, ({ weights }) => use(weights))
}

/** The same with all that was solved. */
export async function withFitted<T>(
  { plays, labels }: Pick<Ground, 'plays' | 'labels'>,
  { name, recipe }: { readonly name: string; readonly recipe: Recipe },
  task: PhaseWatch & { readonly solving?: Solving },
  use: (fitted: Fitted, phases: Phases) => T | Promise<T>,
): Promise<T> {
  checkRecipe(recipe)
  const phases = createPhases({
    onBegin: (phase) => task.onBegin?.(`${name}: ${phase}`),
    onPhase: (phase) => task.onPhase?.({ ...phase, name: `${name}: ${phase.name}` }),
  })
  const fitted = await fitWeights(plays, recipe, task.solving ?? { provider: 'cpu' }, phases, labels)
  return phases.time('score', () => use(fitted, phases))
}
