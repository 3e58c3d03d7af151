import { FEATURES, type Knowledge } from '../../model/reranker/features.ts'
import { mixOf, type Reranker, TERMS, termsOf } from '../../model/reranker/reranker.ts'
import type { Plays } from '../plays.ts'
import type { Threads } from '../threads/threads.ts'
import type { Recipe } from '../variants.ts'
import { type Choice, fitConditionalLogit } from './conditional-logit.ts'
import { type Examined, hiddenCases } from './hidden-cases.ts'
import type { Solution } from './leave-one-out.ts'
import { createToldTable, TOLD_EACH, type ToldPlayer, type ToldTable } from './told-cases.ts'

/** Below this many players there is nothing to learn the order from. */
const FEWEST = 40

/** Games known of a library at which the weights stand. */
const SIZES = [1, 3, 10, 30, 150]

/** Full libraries differ less from what the scores say already, and are fewer. */
const L2 = [0.01, 0.01, 0.01, 0.1, 0.1]

/** Of an evaluation that asks what a feature is worth: those that are left out. */
export type Without = ReadonlySet<string>

export type Lesson = {
  readonly plays: Plays
  readonly solution: Solution
  readonly knowledge: Knowledge
  readonly recipe: Recipe
  /** W and X, as in the Gram matrix. */
  readonly weighting: {
    readonly values?: Float32Array | undefined
    readonly players?: Float32Array | undefined
  }
}

/** What is learnt from; undefined where there are too few players for it. */
export type Learnt = { readonly table: ToldTable; readonly sizes: readonly number[] }

/** Looks at each of a sample of the training players as if they had not been there. */
export async function tellPlayers(lesson: Lesson, threads: Threads): Promise<Learnt | undefined> {
  const { plays, solution, knowledge, recipe, weighting } = lesson
  const columns = new Int32Array(plays.vocabulary.length).fill(-1)
  for (const [column, row] of knowledge.rows.entries()) columns[row] = column
  const examined = hiddenCases(plays, columns, recipe.reranked)
  if (examined.length < FEWEST) return undefined
  const told = examined.map(({ player, cases }) => toldPlayer(plays, weighting, player, cases))
  const each = told[0]?.cases.length ?? 1
  const table = createToldTable(told.length * each)
  const share = Math.ceil(told.length / (threads.count * PARTS))
  const { input } = recipe
  await threads.run(
    Array.from({ length: Math.ceil(told.length / share) }, (_, part) => ({
      ...{ kind: 'tell' as const, solution, input, knowledge, table, first: part * share * each },
      players: told.slice(part * share, (part + 1) * share),
    })),
  )
  return { table, sizes: told.flatMap(({ cases }) => cases.map(({ input }) => input.length)) }
}

/** Libraries differ in size, so that threads take more than one part each. */
const PARTS = 4

function toldPlayer(
  { offsets, rows, minutes }: Plays,
  { values, players }: Lesson['weighting'],
  player: number,
  cases: Examined['cases'],
): ToldPlayer {
  const [from, to] = [offsets[player] ?? 0, offsets[player + 1] ?? 0]
  return {
    rows: rows.slice(from, to),
    minutes: minutes.slice(from, to),
    values: values?.slice(from, to),
    weight: players?.[player] ?? 1,
    cases,
  }
}

/** The weights under which the hidden games were most likely. */
export function fitReranker(
  { table, sizes }: Learnt,
  restraint: number,
  without: Without = new Set(),
): Reranker {
  const choices: Choice[] = sizes.map((size, place) => ({
    ...{ first: place * TOLD_EACH, count: table.counts[place] ?? 0, mix: mixOf(SIZES, size) },
    stands: table.stands[place] ?? 1,
  }))
  const scales = scalesOf(table, choices)
  const silent = FEATURES.map((name) => without.has(name))
  const weights = fitConditionalLogit({
    choices,
    isChosen: (row) => table.isTarget[row] === 1,
    terms(row, into) {
      termsOf(table.features, row, scales, into)
      for (const [feature, isSilent] of silent.entries()) {
        if (!isSilent) continue
        into[feature] = 0
        into[FEATURES.length + feature] = 0
      }
    },
    ...{
      termCount: TERMS,
      sizeCount: SIZES.length,
      l2: L2,
    },
  })
  const weightsOf = (term: number) =>
    // Never −0, which no file tells from 0.
    SIZES.map((_, size) => Number((weights[size * TERMS + term] as number).toFixed(5)) || 0)
  const features = FEATURES.map((name, feature) => ({
    ...{ name, ...(scales[feature] as { mean: number; deviation: number }) },
    linear: weightsOf(feature),
    squared: weightsOf(FEATURES.length + feature),
  }))
  return { sizes: SIZES, restraint, features }
}

/** Mean and standard deviation of each feature where it is known. */
function scalesOf({ features }: ToldTable, choices: readonly Choice[]) {
  return FEATURES.map((_, feature) => {
    let [count, sum, squares] = [0, 0, 0]
    for (const choice of choices) {
      for (let row = choice.first; row < choice.first + choice.count; row++) {
        const value = features[row * FEATURES.length + feature] as number
        if (Number.isNaN(value)) continue
        count++
        sum += value
        squares += value * value
      }
    }
    const mean = count === 0 ? 0 : sum / count
    const variance = count === 0 ? 0 : Math.max(0, squares / count - mean * mean)
    return { mean: digits(mean), deviation: digits(Math.sqrt(variance)) || 1 }
  })
}

function digits(value: number): number {
  return Number(value.toPrecision(6))
}
