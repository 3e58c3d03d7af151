import type { Interactions } from '../core/interactions.ts'
import { fitWeights, type Solving } from './fit.ts'
import { mean, median, type Quality, quality, standardError } from './metrics.ts'
import { createPhases, type PhaseWatch } from './phases.ts'
import { ownersOf, type Plays, restrict } from './plays.ts'
import { type Case, cutCases, splitPlayers } from './split.ts'
import { topRows } from './top-rows.ts'
import { checkInteractions, vocabularyOf } from './training-checks.ts'
import { type Values, valueAt } from './values.ts'
import { EASE, type Recipe, SEED } from './variants.ts'

export type EvaluationRow = Omit<Quality, 'ceiling10'> & {
  readonly method: string
  /** Standard error of each figure, over the test players. */
  readonly errors: Omit<Quality, 'ceiling10'>
  /** Distinct picks among the first ten / indie games of the vocabulary. */
  readonly coverage10: number
  /** Of all first ten picks: how many training players own the game. */
  readonly medianPopularity: number
}

export type Evaluation = {
  readonly trainingPlayers: number
  /** Held-out libraries that are large enough to be cut in two. */
  readonly testPlayers: number
  readonly games: number
  readonly indieGames: number
  /** The most that Precision@10 could be. */
  readonly ceiling10: number
  readonly rows: readonly EvaluationRow[]
}

export type EvaluationTask = PhaseWatch & {
  readonly interactions: Interactions
  /** Appids of the catalogue's indie games. */
  readonly indie: ReadonlySet<number>
  /** The serving model's: it is trained anew, without the test players. */
  readonly recipe: Recipe
  readonly minPlayers: number
  /** Where to solve; the processor unless it is said. */
  readonly solving?: Solving
  readonly memory?: number
}

type Ground = {
  readonly plays: Plays
  readonly cases: readonly Case[]
  /** Rows of indie games, ascending. */
  readonly indieRows: Int32Array
}

/** Gives each game of the vocabulary a score for one library. */
type Score = (library: Case) => Float64Array

/** Strong generalisation: every method is fitted without the test players, and ranks what was hidden from their libraries. */
export async function evaluate(task: EvaluationTask): Promise<Evaluation> {
  const ground = prepare(task)
  const rows = [measure('most played', ground, byPopularity(ground.plays))]
  for (const [name, recipe] of methods(task.recipe))
    rows.push(await measureRecipe(task, ground, name, recipe))
  return {
    trainingPlayers: ground.plays.offsets.length - 1,
    testPlayers: ground.cases.length,
    games: ground.plays.vocabulary.length,
    indieGames: ground.indieRows.length,
    ceiling10: mean(ground.cases.map(({ targets }) => Math.min(10, targets.size) / 10)),
    rows,
  }
}

function methods(serving: Recipe): readonly (readonly [string, Recipe])[] {
  return [
    [`the seed's method (λ = ${SEED.l2}, over 2 hours)`, SEED],
    [`EASE, owned (λ = ${EASE.l2})`, EASE],
    ['the serving model, retrained', serving],
  ]
}

function prepare({
  interactions,
  indie,
  minPlayers,
  memory = process.availableMemory(),
}: EvaluationTask): Ground {
  checkInteractions(interactions)
  const { train, test } = splitPlayers(interactions)
  checkInteractions(train)
  const vocabulary = vocabularyOf(train, minPlayers, memory)
  const cases = cutCases(restrict(test, vocabulary), test.players, indie)
  if (cases.length === 0) {
    throw new Error('no held-out player has 21 games and 5 played indie games: import more players')
  }
  const indieRows = Int32Array.from(vocabulary.keys()).filter((row) => indie.has(vocabulary[row] ?? 0))
  return { plays: restrict(train, vocabulary), cases, indieRows }
}

/** A function of its own, so that one recipe's matrix is gone before the next is made. */
async function measureRecipe(task: EvaluationTask, ground: Ground, name: string, recipe: Recipe) {
  const phases = createPhases({
    onBegin: (phase) => task.onBegin?.(`${name}: ${phase}`),
    onPhase: (phase) => task.onPhase?.({ ...phase, name: `${name}: ${phase.name}` }),
  })
  const { weights } = await fitWeights(ground.plays, recipe, task.solving ?? { provider: 'cpu' }, phases)
  return phases.time('score', () => measure(name, ground, byWeights(weights, ground.plays, recipe.input)))
}

/** The number of training players with more than 0 minutes. */
function byPopularity({ vocabulary, rows, minutes }: Plays): Score {
  const players = new Float64Array(vocabulary.length)
  for (const [at, row] of rows.entries()) if ((minutes[at] ?? 0) > 0) players[row] = (players[row] ?? 0) + 1
  return () => players
}

/** x · B, row by row of B. */
function byWeights(weights: Float32Array, { vocabulary }: Plays, input: Values): Score {
  const n = vocabulary.length
  return (library) => {
    const scores = new Float64Array(n)
    for (const [at, row] of library.input.entries()) {
      const value = valueAt(input, library.minutes[at] ?? 0)
      if (value !== 0) addScaled(scores, weights.subarray(row * n, (row + 1) * n), value)
    }
    return scores
  }
}

function addScaled(sums: Float64Array, row: Float32Array, value: number): void {
  for (let j = 0; j < row.length; j++) (sums[j] as number) += value * (row[j] as number)
}

function measure(method: string, { plays, cases, indieRows }: Ground, score: Score): EvaluationRow {
  const ranked = cases.map((library) => {
    const owned = new Set(library.input)
    return topRows(
      score(library),
      indieRows.filter((row) => !owned.has(row)),
      100,
    )
  })
  const qualities = cases.map(({ targets }, at) => quality(ranked[at] ?? [], targets))
  const picks = ranked.flatMap((rows) => [...rows.subarray(0, 10)])
  const owners = ownersOf(plays)
  return {
    method,
    ...summarise(qualities, mean),
    errors: summarise(qualities, standardError),
    coverage10: new Set(picks).size / indieRows.length,
    medianPopularity: median(picks.map((row) => owners[row] ?? 0)),
  }
}

function summarise(qualities: readonly Quality[], how: (values: readonly number[]) => number) {
  return {
    precision10: how(qualities.map((each) => each.precision10)),
    recall20: how(qualities.map((each) => each.recall20)),
    recall50: how(qualities.map((each) => each.recall50)),
    ndcg100: how(qualities.map((each) => each.ndcg100)),
  }
}
