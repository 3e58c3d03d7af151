import { candidateOrder } from '../model/reranker/choose-candidates.ts'
import { type Reranker, utilitiesOf } from '../model/reranker/reranker.ts'
import type { SecondStage } from '../model/reranker/second-stage-files.ts'
import { topRows } from '../model/reranker/top-rows.ts'
import { fitReranker, type Learnt } from '../training/reranker/learn-reranker.ts'
import { examinePlayers } from '../training/reranker/rerank-plays.ts'
import type { Recipe } from '../training/variants.ts'
import type { EvaluationTask, Ground } from './evaluation-data.ts'
import { withFitted } from './evaluation-data.ts'
import { byWeights, type Library } from './scoring.ts'
import { askSecondStage } from './second-stage.ts'

/** A candidate in its final place; `chance` as the client gives it. */
export type Placed = { readonly row: number; readonly chance: number }

/** A model trained without the test players, that answers as it would be served. `open`: columns that may be picked. */
export type Served = {
  /** By the first stage alone. */
  scores(library: Library): Float64Array
  /** Undefined where the recipe asks for no second stage, or there are too few players for it. */
  readonly secondStage: SecondStage | undefined
  /** From what the order was learnt. */
  readonly learnt: Learnt | undefined
  /** All candidates, the best first, and behind them the first stage's others. `reranker`: in place of the learnt one. */
  rank(library: Library, open: Int32Array, depth: number, reranker?: Reranker): Placed[]
}

export function withServed<T>(
  ground: Ground,
  name: string,
  task: EvaluationTask & { readonly recipe: Recipe },
  use: (served: Served) => T,
): Promise<T> {
  const { recipe } = task
  return withFitted(ground, { name, recipe }, task, async (solved, phases) => {
    const { plays, labels, indieRows } = ground
    const scores = byWeights(solved.weights, plays, recipe)
    const examined = await examinePlayers({ plays, labels, recipe, phases, rows: indieRows, solved })
    const stage = examined && {
      knowledge: examined.knowledge,
      reranker: fitReranker(examined.learnt, recipe.restraint),
    }
    return use({
      scores,
      secondStage: stage,
      learnt: examined?.learnt,
      rank(library, open, depth, reranker = stage?.reranker) {
        const all = scores(library)
        const ofColumns = Float64Array.from(indieRows, (row) => all[row] as number)
        const placed = stage && reranker ? rerank(library, open, ofColumns, { ...stage, reranker }) : []
        const seen = new Set(placed.map(({ column }) => column))
        const wanted = Math.max(0, depth - placed.length)
        const rest = topRows(ofColumns, open, wanted === 0 ? 0 : depth + placed.length)
          .filter((column) => !seen.has(column))
          .subarray(0, wanted)
        const behind = Array.from(rest, (column, at) => ({ column, chance: leastOf(placed) / (at + 2) }))
        return [...placed, ...behind].map(({ column, chance }) => ({
          row: indieRows[column] as number,
          chance,
        }))
      },
    })

    function rerank(library: Library, open: Int32Array, ofColumns: Float64Array, stage: SecondStage) {
      const stages = { weights: solved.weights, recipe, knowledge: stage.knowledge }
      const { library: known, candidates } = askSecondStage(stages, library, ofColumns, open)
      const utilities = utilitiesOf(stage.reranker, stage.knowledge, known, candidates)
      const best = utilities.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
      return candidateOrder(utilities, candidates.columns).map((at) => ({
        column: candidates.columns[at] as number,
        chance: Math.exp((utilities[at] as number) - best),
      }))
    }
  })
}

function leastOf(placed: readonly { readonly chance: number }[]): number {
  return placed.at(-1)?.chance ?? 1
}

/** Columns of the indie games that are not in a library; `masked`: rows that are neither right nor wrong. */
export function openColumns(
  { indieRows }: Pick<Ground, 'indieRows'>,
  { input }: Library,
  masked?: ReadonlySet<number>,
): Int32Array {
  const owned = new Set(input)
  const isOpen = (row: number) => !owned.has(row) && !masked?.has(row)
  return Int32Array.from(indieRows.keys()).filter((column) => isOpen(indieRows[column] as number))
}

export function rowsOf(placed: readonly Placed[]): Int32Array {
  return Int32Array.from(placed, ({ row }) => row)
}
