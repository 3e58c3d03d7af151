import type { GameId } from '../core/ids.ts'
import type { Ranked, Reason } from '../core/ports.ts'
import type { Question } from './question.ts'
import { MASKED } from './serving-graph.ts'
import { BadTensor, type Datatype, type NamedTensor } from './tensors.ts'
import type { Known, Vocabulary } from './vocabulary.ts'

const MAX_REASONS = 3

/** A library as a question to the model; undefined where it knows no game that counts, or none is left to pick. */
export function toQuestion(
  vocabulary: Vocabulary,
  known: Known,
  allowed: readonly GameId[],
  limit: number,
): Question | undefined {
  const mask = Uint8Array.from(vocabulary.mask(allowed))
  for (const row of known.rows) mask[row] = 0
  const left = mask.reduce((sum, byte) => sum + byte, 0)
  const count = Math.min(limit, left)
  if (known.weights.every((weight) => weight === 0) || count < 1) return undefined
  const { rows, weights } = known
  return { batch: 1, owned: rows.length, rows, weights, allowed: mask, count }
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
  { owned, count }: Question,
  vocabulary: Vocabulary,
  known: Known,
): Ranked[] {
  const games = take(tensors, 'games', 'INT64', [1, count]) as BigInt64Array
  const scores = take(tensors, 'scores', 'FP32', [1, count]) as Float32Array
  const contributions = take(tensors, 'contributions', 'FP32', [1, count, owned]) as Float32Array
  return Array.from(games, (row, pick) => {
    const game = vocabulary.game(Number(row))
    const score = scores[pick] ?? Number.NaN
    if (game === undefined || !Number.isFinite(score))
      throw new BadTensor('the answer ranks what there is not')
    const summands = contributions.subarray(pick * owned, (pick + 1) * owned)
    const reasons = score > MASKED ? reasonsOf(known.games, summands) : []
    return { game, score, reasons, owners: vocabulary.owners(Number(row)) }
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

/**
 * The games that speak most for a pick. Those that speak against it count for nothing, in the sum neither. Read for each
 * of sixty picks over hundreds of games, hence without a list of them all.
 */
function reasonsOf(games: readonly GameId[], summands: Float32Array): Reason[] {
  const best: Reason[] = []
  let sum = 0
  for (const [i, game] of games.entries()) {
    const share = summands[i] ?? 0
    if (share <= 0) continue
    sum += share
    const last = best[MAX_REASONS - 1]
    if (last && share < last.share) continue
    best.push({ game, share })
    best.sort((a, b) => b.share - a.share || a.game - b.game).splice(MAX_REASONS)
  }
  return best.map(({ game, share }) => ({ game, share: share / sum }))
}
