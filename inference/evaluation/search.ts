import type { LabelSource } from '../../core/catalogue/game-labels.ts'
import { hash } from '../model/hash.ts'
import { DEFAULT, EASE, type Recipe } from '../training/variants.ts'
import { type EvaluationTask, type Ground, validationGround, withWeights } from './evaluation-data.ts'
import { type EvaluationRow, measure } from './measure.ts'
import { byWeights, type Library } from './scoring.ts'

/** One solve, and the best that was made of it. */
export type Trial = { readonly recipe: Recipe; readonly row: EvaluationRow }

type Turn = (recipe: Recipe) => Recipe

function settings<T>(values: readonly T[], set: (value: T) => Partial<Recipe> | Turn): readonly Turn[] {
  return values.map((value) => {
    const change = set(value)
    return typeof change === 'function' ? change : (recipe) => ({ ...recipe, ...change })
  })
}

const SOURCES: readonly (readonly LabelSource[])[] = [
  ['tag'],
  ['tag', 'genre', 'category', 'developer'],
  ['tag', 'genre', 'developer', 'release', 'title word'],
  ['tag', 'genre', 'developer', 'release'],
  ['tag', 'genre', 'developer'],
  ['tag', 'genre', 'developer', 'publisher'],
  ['tag', 'genre', 'developer', 'publisher', 'title word'],
  ['tag', 'genre', 'developer', 'publisher', 'release'],
]

/** What is turned, and the settings of each knob, neighbours beside each other. Each turn costs a solve. */
const KNOBS: readonly (readonly Turn[])[] = [
  settings(SOURCES, (sources) => (recipe) => ({ ...recipe, labels: { ...recipe.labels, sources } })),
  settings([10, 20, 30, 50, 75, 100, 150], (weight) => (recipe) => ({
    ...recipe,
    labels: { ...recipe.labels, weight },
  })),
  settings([50, 100, 150, 200, 300, 500], (l2) => ({ l2 })),
  settings([0, 0.1, 0.2, 0.3, 0.4, 0.5], (dropout) => ({ dropout })),
  settings([0, 0.3, 0.5, 0.7, 1], (playerExponent) => ({ playerExponent })),
  settings([1, 1.15, 1.25, 1.35], (power) => ({ power })),
  settings([0, 0.15, 0.3, 0.5], (ridgeExponent) => ({ ridgeExponent })),
  settings([0, 0.3, 0.6, 1], (selfWeight) => ({ selfWeight })),
  settings([0, 0.1, 0.2], (sourceExponent) => ({ sourceExponent })),
  settings([1, 0.5, 0.3], (maxShare) => ({ maxShare })),
  settings([1, 10, 20], (minLibrary) => ({ minLibrary })),
  settings([1, 1.25, 1.5], (played) => ({ training: { owned: 1, played, playedOver: 0 } })),
]

/** What is turned after a solve, since it changes only how B is used. */
const TARGET_EXPONENTS = [0.05, 0.1, 0.15, 0.2, 0.25]
const OTHER_GAMES = [0.6, 0.8, 1]
const PLAYED = [1.25, 1.5, 1.75]

/** Wanted of coverage@10: so many times plain EASE's. */
export const WANTED_COVERAGE = 1.5

/**
 * The better of two: of those that cover enough, the one with the higher NDCG@100; before one that does not, one that does;
 * and of two that do not, the one that covers more.
 */
export function better(one: EvaluationRow, other: EvaluationRow, coverage: number): boolean {
  const [enough, otherEnough] = [one.coverage10 >= coverage, other.coverage10 >= coverage]
  if (enough !== otherEnough) return enough
  return enough ? one.ndcg100 > other.ndcg100 : one.coverage10 > other.coverage10
}

/**
 * What to solve next: the neighbours of the best recipe so far, knob by knob; where all of them are known, two or three knobs
 * turned at random. The first after the baseline is the default. Depends on the trials alone, so that a search that was cut
 * off goes on where it was.
 */
export function nextRecipe(trials: readonly Trial[], coverage: number): Recipe {
  const best = bestOf(trials.slice(1), coverage)?.recipe
  if (!best) return DEFAULT
  const known = new Set(trials.map(({ recipe }) => keyOf(recipe)))
  const near = KNOBS.flatMap((knob) => neighbours(best, knob)).find((recipe) => !known.has(keyOf(recipe)))
  if (near) return near
  for (let seed = trials.length; ; seed++) {
    const far = turnAtRandom(best, seed)
    if (!known.has(keyOf(far))) return far
  }
}

export function bestOf(trials: readonly Trial[], coverage: number): Trial | undefined {
  return trials.reduce<Trial | undefined>(
    (best, trial) => (best && !better(trial.row, best.row, coverage) ? best : trial),
    undefined,
  )
}

/** The settings on both sides of the one that the recipe has. */
function neighbours(recipe: Recipe, knob: readonly Turn[]): Recipe[] {
  const at = knob.findIndex((turn) => keyOf(turn(recipe)) === keyOf(recipe))
  return [knob[at - 1], knob[at + 1]].flatMap((turn) => (turn ? [turn(recipe)] : []))
}

function turnAtRandom(recipe: Recipe, seed: number): Recipe {
  const turns = 2 + (hash(seed, 0) % 2)
  return Array.from({ length: turns }).reduce<Recipe>((turned, _, turn) => {
    const knob = KNOBS[hash(seed, 2 * turn + 1) % KNOBS.length] as readonly Turn[]
    return (knob[hash(seed, 2 * turn + 2) % knob.length] as Turn)(turned)
  }, recipe)
}

/** What a solve depends on: recipes that differ only in how B is used are one and the same trial. */
function keyOf({ targetExponent, otherGames, input, ...solved }: Recipe): string {
  return JSON.stringify(Object.entries(solved).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export type Searching = EvaluationTask & {
  /** What was found before, the baseline first. */
  readonly trials: readonly Trial[]
  /** How many more solves. */
  readonly solves: number
  /** Told of each as it is found. */
  readonly onTrial: (trial: Trial) => void
}

/** Searches on a validation split of the training players. The first trial of all is plain EASE, whose coverage is the measure. */
export async function search({ trials: before, solves, onTrial, ...task }: Searching): Promise<Trial[]> {
  const ground = await validationGround(task)
  const trials = [...before]
  for (let done = 0; done < solves; done++) {
    const ease = trials[0]?.row
    const trial = ease
      ? await tune(ground, nextRecipe(trials, WANTED_COVERAGE * ease.coverage10), task, ease)
      : await tune(ground, EASE, task, undefined)
    trials.push(trial)
    onTrial(trial)
  }
  return trials
}

/** Solves once, and tries how B is best used; the baseline is used as it is. */
function tune(
  ground: Ground,
  recipe: Recipe,
  task: EvaluationTask,
  ease: EvaluationRow | undefined,
): Promise<Trial> {
  const bare = { ...recipe, targetExponent: 0, otherGames: 1 }
  return withWeights(ground, { name: 'search', recipe: bare }, task, (weights) => {
    const parts = ground.cases.map(partsOf(ground, weights, recipe))
    const tried = (used: Recipe): Trial => ({ recipe: used, row: rowOf(ground, parts, used) })
    if (!ease) return tried(recipe)
    const pick = (trials: readonly Trial[]) => bestOf(trials, WANTED_COVERAGE * ease.coverage10) as Trial
    let best = pick(TARGET_EXPONENTS.map((targetExponent) => tried({ ...recipe, targetExponent })))
    best = pick([best, ...OTHER_GAMES.map((otherGames) => tried({ ...best.recipe, otherGames }))])
    const inputs = PLAYED.map((played) => ({ ...best.recipe, input: { owned: 1, played, playedOver: 0 } }))
    return pick([best, ...inputs.map(tried)])
  })
}

/** What one library's games say, before any of it is weighed: scores are linear in each of these. */
type Parts = { readonly [use in 'owned' | 'played']: { readonly [kind in 'indie' | 'other']: Float64Array } }

/** `weights` were made with neither a target weight nor one of other games: both are laid on afterwards. */
function partsOf(
  { plays, labels }: Ground,
  weights: Float32Array,
  recipe: Recipe,
): (library: Library) => Parts {
  const part = (owned: number, played: number, indie: boolean) => {
    const input = { owned, played, playedOver: 0 }
    return byWeights(weights, plays, { ...recipe, input }, (row) =>
      Number((labels[row]?.indie ?? false) === indie),
    )
  }
  const [ownedIndie, ownedOther] = [part(1, 0, true), part(1, 0, false)]
  const [playedIndie, playedOther] = [part(0, 1, true), part(0, 1, false)]
  return (library) => ({
    owned: { indie: ownedIndie(library), other: ownedOther(library) },
    played: { indie: playedIndie(library), other: playedOther(library) },
  })
}

function rowOf(ground: Ground, parts: readonly Parts[], recipe: Recipe): EvaluationRow {
  const { input, otherGames, targetExponent } = recipe
  const targets = Float64Array.from(ground.owners, (count) => Math.max(1, count) ** -targetExponent)
  const scores = parts.map(({ owned, played }) =>
    targets.map((target, row) => {
      const of = (kind: 'indie' | 'other') =>
        input.owned * (owned[kind][row] as number) + input.played * (played[kind][row] as number)
      return target * (of('indie') + otherGames * of('other'))
    }),
  )
  return measure('', ground, (_, at) => scores[at] as Float64Array).row
}
