import { candidateColumns } from '../model/reranker/choose-candidates.ts'
import type { Candidates, Knowledge, RankedLibrary } from '../model/reranker/features.ts'
import { SPEAKING, tellSpeaking } from '../model/reranker/speaking.ts'
import { valueAt } from '../training/values.ts'
import type { Recipe } from '../training/variants.ts'
import type { Library } from './scoring.ts'

/** A model in memory, as it is served. */
export type Stages = {
  /** B, row-major, games × games. */
  readonly weights: Float32Array
  readonly recipe: Recipe
  readonly knowledge: Knowledge
}

export type Asked = { readonly library: RankedLibrary; readonly candidates: Candidates }

/** What the second stage is asked for a library; `scores` beside the columns, `open` columns, ascending. */
export function askSecondStage(
  stages: Stages,
  library: Library,
  scores: Float64Array,
  open: Int32Array,
): Asked {
  const known = { rows: library.input, minutes: library.minutes }
  const columns = candidateColumns(stages.knowledge, known, scores, open)
  const candidates = {
    columns,
    scores: Float64Array.from(columns, (column) => scores[column] as number),
    speaking: speakingFor(stages, library, columns),
  }
  return { library: known, candidates }
}

function speakingFor(
  { weights, recipe, knowledge }: Stages,
  { input, minutes }: Library,
  columns: Int32Array,
) {
  const games = Math.sqrt(weights.length)
  const isPlayed = Uint8Array.from(minutes, (time) => Number(time > 0))
  const values = Float64Array.from(minutes, (time) => valueAt(recipe.input, time, 1))
  const speaking = new Float32Array(columns.length * SPEAKING.length)
  const contributions = new Float64Array(input.length)
  for (const [place, column] of columns.entries()) {
    const target = knowledge.rows[column] as number
    for (let at = 0; at < input.length; at++) {
      contributions[at] = (values[at] as number) * (weights[(input[at] as number) * games + target] as number)
    }
    tellSpeaking(contributions, isPlayed, speaking, place * SPEAKING.length)
  }
  return speaking
}
