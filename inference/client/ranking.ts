import type { GameId } from '../../core/ids.ts'
import type { Ranked, Reason } from '../../core/recommend/scorer.ts'
import { type Output, type Question, reasonCount } from '../model/question.ts'
import { MASKED } from '../model/serving-graph.ts'
import type { Known, Vocabulary } from '../model/vocabulary.ts'
import { BadTensor, type Datatype, type NamedTensor } from '../protocol/tensors.ts'

/** A share is at most 1, give or take what rounding adds. */
const MOST = 1.001

/** What the client reads of an answer. */
export const WANTED: readonly Output[] = ['games', 'scores', 'reasons', 'shares']

/** A library as a question to the model; undefined where it knows no game that counts, or none is left to pick. */
export function toQuestion(
  vocabulary: Vocabulary,
  { rows, weights }: Known,
  allowed: readonly GameId[],
  limit: number,
): Question | undefined {
  const { bytes, open } = vocabulary.mask(allowed)
  const mask = bytes.slice()
  let left = open
  for (const row of rows) {
    const column = vocabulary.columns[row] ?? -1
    if (column < 0 || mask[column] === 0) continue
    mask[column] = 0
    left -= 1
  }
  const count = Math.min(limit, left)
  if (weights.every((weight) => weight === 0) || count < 1) return undefined
  return { batch: 1, owned: rows.length, rows, weights, allowed: mask, count, explained: false }
}

export function questionTensors({ owned, rows, weights, allowed, count }: Question): NamedTensor[] {
  return [
    { name: 'rows', datatype: 'INT32', shape: [1, owned], data: rows },
    { name: 'weights', datatype: 'FP32', shape: [1, owned], data: weights },
    { name: 'allowed', datatype: 'BOOL', shape: [1, allowed.length], data: allowed },
    { name: 'count', datatype: 'INT64', shape: [1], data: BigInt64Array.of(BigInt(count)) },
  ]
}

/** Turns the model's answer to a question into picks, best first, ties by id. Throws `BadTensor` on any other answer. */
export function readRanking(
  tensors: readonly NamedTensor[],
  question: Question,
  vocabulary: Vocabulary,
  known: Known,
): Ranked[] {
  const { count } = question
  const few = reasonCount(question)
  const games = take(tensors, 'games', 'INT64', [1, count]) as BigInt64Array
  const scores = take(tensors, 'scores', 'FP32', [1, count]) as Float32Array
  const reasons = take(tensors, 'reasons', 'INT32', [1, count, few]) as Int32Array
  const shares = take(tensors, 'shares', 'FP32', [1, count, few]) as Float32Array
  return Array.from(games, (column, pick) => {
    const game = vocabulary.target(Number(column))
    const score = scores[pick] ?? Number.NaN
    if (game === undefined || !Number.isFinite(score))
      throw new BadTensor('the answer ranks what there is not')
    const [from, to] = [pick * few, (pick + 1) * few]
    const said = readReasons(known.games, reasons.subarray(from, to), shares.subarray(from, to))
    return { game, score, reasons: said, owners: vocabulary.owners(Number(column)) }
  })
    .filter(({ score }) => score > MASKED)
    .sort((a, b) => b.score - a.score || a.game - b.game)
}

function take(
  tensors: readonly NamedTensor[],
  name: string,
  datatype: Datatype,
  shape: readonly number[],
): NamedTensor['data'] {
  const tensor = tensors.find((entry) => entry.name === name)
  if (tensor?.datatype !== datatype || String(tensor.shape) !== String(shape)) {
    throw new BadTensor(`the answer's "${name}" is not ${datatype} [${shape}]`)
  }
  return tensor.data
}

/** A share of 0 says nothing. */
function readReasons(games: readonly GameId[], places: Int32Array, shares: Float32Array): Reason[] {
  const reasons: Reason[] = []
  for (const [at, share] of shares.entries()) {
    if (share === 0) continue
    const game = games[places[at] ?? -1]
    if (game === undefined || !(share > 0 && share <= MOST))
      throw new BadTensor('the answer gives no reasons')
    reasons.push({ game, share })
  }
  return reasons.sort((a, b) => b.share - a.share || a.game - b.game)
}
