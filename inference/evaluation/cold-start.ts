import { hash } from '../model/hash.ts'
import { liftScores, playersOf } from '../model/reranker/choose-candidates.ts'
import { playedRows } from '../model/reranker/features.ts'
import type { SecondStage } from '../model/reranker/second-stage-files.ts'
import { topRows } from '../model/reranker/top-rows.ts'
import { EASE, type Recipe } from '../training/variants.ts'
import { type Evaluation, evaluationOf } from './evaluate.ts'
import { type EvaluationTask, type Ground, testGround, withWeights } from './evaluation-data.ts'
import { DEPTH, type Measured, measureRanked } from './measure.ts'
import { byPopularity, byWeights, type Score } from './scoring.ts'
import { openColumns, rowsOf, withServed } from './served.ts'
import type { Case } from './split.ts'

/** How many games of a library are left. */
const SIZES = [1, 3, 5, 10, 20]

const SEED = 4

/** A library cut down to a few games, and what may be picked: a right guess of a game that the player owns is no error. */
type Thin = { readonly ground: Ground; readonly open: readonly Int32Array[] }

/**
 * The same held-out players and targets, with all but a few games of their libraries cut away, and none of those counted as a
 * wrong pick. Every method is held against the most played games.
 */
export async function evaluateThin(task: EvaluationTask & { readonly recipe: Recipe }): Promise<Evaluation> {
  const ground = await testGround(task)
  const thin = SIZES.map((size) => cutDown(ground, size))
  const popular = thin.map((each, at) =>
    byScores(nameOf(at, 'most played'), each, byPopularity(ground.plays)),
  )
  const ease = await withWeights(ground, { name: 'EASE', recipe: EASE }, task, (weights) => {
    const score = byWeights(weights, ground.plays, EASE)
    return thin.map((each, at) => byScores(nameOf(at, 'EASE'), each, score, popular[at]))
  })
  const serving = await withServed(ground, 'the serving model', task, ({ scores, secondStage, rank }) =>
    thin.map((each, at) => [
      ...(secondStage
        ? [byScores(nameOf(at, 'common owners'), each, byLift(each.ground, secondStage), popular[at])]
        : []),
      byScores(nameOf(at, 'its first stage'), each, scores, popular[at]),
      measureThin(
        nameOf(at, 'the serving model'),
        each,
        (library, open) => rowsOf(rank(library, open, DEPTH)),
        popular[at],
      ),
    ]),
  )
  const rows = thin.flatMap((_, at) =>
    [popular[at], ease[at], ...(serving[at] ?? [])].flatMap((each) => each ?? []),
  )
  return evaluationOf(ground, rows)
}

function nameOf(at: number, method: string): string {
  return `${SIZES[at]} game${at === 0 ? '' : 's'}: ${method}`
}

function cutDown(ground: Ground, size: number): Thin {
  const cases = ground.cases.map((each) => thinned(each, size))
  const open = cases.map((each, at) => openColumns(ground, each, new Set(ground.cases[at]?.input)))
  return { ground: { ...ground, cases }, open }
}

function measureThin(
  method: string,
  { ground, open }: Thin,
  rank: (library: Case, open: Int32Array) => Int32Array,
  against?: Measured,
): Measured {
  const ranked = ground.cases.map((each, at) => rank(each, open[at] ?? new Int32Array()))
  return measureRanked(method, ground, ranked, against)
}

function byScores(method: string, thin: Thin, score: Score, against?: Measured): Measured {
  const { indieRows } = thin.ground
  const rank = (library: Case, open: Int32Array) => {
    const rows = open.map((column) => indieRows[column] as number)
    return topRows(score(library), rows, DEPTH)
  }
  return measureThin(method, thin, rank, against)
}

/** L: what the owners of these games own beyond their share, and what many play. */
function byLift({ plays, indieRows }: Ground, { knowledge }: SecondStage): Score {
  const players = playersOf(knowledge)
  return (library) => {
    const rows = playedRows({ rows: library.input, minutes: library.minutes })
    const scores = liftScores(knowledge.common, players, rows)
    const all = new Float64Array(plays.vocabulary.length)
    for (const [column, row] of indieRows.entries()) all[row] = scores[column] as number
    return all
  }
}

/** Played games come before those that were only bought, as somebody would name them; which of them is chance. */
export function thinned({ input, minutes, targets }: Case, size: number): Case {
  const order = (at: number) => ((minutes[at] ?? 0) > 0 ? 0 : 2 ** 32) + hash(SEED, input[at] ?? 0)
  const kept = new Set([...input.keys()].sort((a, b) => order(a) - order(b)).slice(0, size))
  const isKept = (_: number, at: number) => kept.has(at)
  return { input: input.filter(isKept), minutes: minutes.filter(isKept), targets }
}
