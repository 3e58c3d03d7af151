import { candidateOrder, thinCandidates } from '../model/reranker/choose-candidates.ts'
import { bothOwn } from '../model/reranker/common-owners.ts'
import { isThin, type RankedLibrary } from '../model/reranker/features.ts'
import { utilitiesOf } from '../model/reranker/reranker.ts'
import type { SecondStage } from '../model/reranker/second-stage-files.ts'
import type { Known } from '../model/vocabulary.ts'

/** The games of a library that have a say, as the second stage knows them. */
function libraryOf({ rows, weights, minutes }: Known): RankedLibrary {
  const counts = (_: number, at: number) => weights[at] !== 0
  return { rows: rows.filter(counts), minutes: minutes.filter(counts) }
}

/** Columns that the first stage is asked about besides its best; `mask` has 1 for each that may be shown. */
export function columnsBesides({ knowledge }: SecondStage, known: Known, mask: Uint8Array): Int32Array {
  const library = libraryOf(known)
  if (!isThin(library)) return new Int32Array()
  return thinCandidates(knowledge, library, columnsOf(mask))
}

function columnsOf(mask: Uint8Array): Int32Array {
  const columns = new Int32Array(mask.length)
  let count = 0
  for (let column = 0; column < mask.length; column++) if (mask[column] === 1) columns[count++] = column
  return columns.subarray(0, count)
}

/** A candidate of the first stage. */
export type Candidate = { readonly column: number; readonly score: number }

/**
 * The candidates in their final order, with the chance that each is the next game, of all candidates: their scores are
 * positive and add up to 1.
 */
export function rerank<T extends Candidate>(
  { knowledge, reranker }: SecondStage,
  known: Known,
  candidates: readonly T[],
  speaking: Float32Array,
): (T & { readonly score: number; readonly bothOwn?: number })[] {
  const columns = candidates.map(({ column }) => column)
  const scores = candidates.map(({ score }) => score)
  const library = libraryOf(known)
  const utilities = utilitiesOf(reranker, knowledge, library, { columns, scores, speaking })
  const [row] = library.rows
  const both = row !== undefined && library.rows.length === 1 ? bothOwn(knowledge.common, row) : undefined
  const best = utilities.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
  const chances = utilities.map((utility) => Math.exp(utility - best))
  const sum = chances.reduce((total, one) => total + one, 0)
  return candidateOrder(utilities, columns).map((at) => ({
    ...(candidates[at] as T),
    score: (chances[at] as number) / sum,
    ...(both && { bothOwn: both.get(columns[at] as number) ?? 0 }),
  }))
}
