import type { GameId } from '../../core/ids.ts'
import type { Ranked, Reason } from '../../core/recommend/scorer.ts'
import { type Output, pickCount, type Question, reasonCount } from '../model/question.ts'
import { FIRST_STAGE } from '../model/reranker/choose-candidates.ts'
import type { SecondStage } from '../model/reranker/second-stage-files.ts'
import { SPEAKING } from '../model/reranker/speaking.ts'
import { MASKED } from '../model/serving-graph.ts'
import type { Known, Vocabulary } from '../model/vocabulary.ts'
import { BadTensor, type Datatype, type NamedTensor } from '../protocol/tensors.ts'
import { columnsBesides, rerank } from './second-stage.ts'

/** A share is at most 1, give or take what rounding adds. */
const MOST = 1.001

/** What the client reads of an answer. */
export const WANTED: readonly Output[] = ['games', 'scores', 'reasons', 'shares', 'speaking']

/** A version's vocabulary, and what brings its candidates into their final order, where it has such. */
export type RankingModel = { readonly vocabulary: Vocabulary; readonly secondStage?: SecondStage | undefined }

/** A library as a question to the model; undefined where it knows no game that counts, or none is left to pick. */
export function toQuestion(
  { vocabulary, secondStage }: RankingModel,
  known: Known,
  allowed: readonly GameId[],
  limit: number,
): Question | undefined {
  const { rows, weights, played } = known
  const { bytes, open } = vocabulary.mask(allowed)
  const mask = bytes.slice()
  let left = open
  for (const row of rows) {
    const column = vocabulary.columns[row] ?? -1
    if (column < 0 || mask[column] === 0) continue
    mask[column] = 0
    left -= 1
  }
  const count = Math.min(secondStage ? Math.max(limit, FIRST_STAGE) : limit, left)
  if (weights.every((weight) => weight === 0) || count < 1) return undefined
  const also = secondStage ? columnsBesides(secondStage, known, mask) : new Int32Array()
  return {
    ...{ batch: 1, owned: rows.length, rows, weights, played, allowed: mask, count, explained: false },
    also: also.length === 0 ? NONE_BESIDES : also,
  }
}

/** Some column, since a tensor must not be empty; its own mask says whether it may be picked. */
const NONE_BESIDES = new Int32Array(1)

export function questionTensors(question: Question): NamedTensor[] {
  const { owned, rows, weights, played, allowed, count, also } = question
  return [
    { name: 'rows', datatype: 'INT32', shape: [1, owned], data: rows },
    { name: 'weights', datatype: 'FP32', shape: [1, owned], data: weights },
    { name: 'played', datatype: 'BOOL', shape: [1, owned], data: played },
    { name: 'allowed', datatype: 'BOOL', shape: [1, allowed.length], data: allowed },
    { name: 'count', datatype: 'INT64', shape: [1], data: BigInt64Array.of(BigInt(count)) },
    { name: 'also', datatype: 'INT32', shape: [1, also.length], data: also },
  ]
}

/**
 * Turns the model's answer to a question into the best `limit` picks, best first, ties by id. Throws `BadTensor` on any other
 * answer.
 */
export function readRanking(
  tensors: readonly NamedTensor[],
  question: Question,
  { vocabulary, secondStage }: RankingModel,
  known: Known,
  limit: number,
): Ranked[] {
  const { picks, speaking, reasonsOf } = readPicks(tensors, question, vocabulary, known)
  const toRanked = ({ game, score, owners, place, bothOwn }: Pick): Ranked => ({
    ...{ game, score, reasons: reasonsOf(place), owners },
    ...(bothOwn !== undefined && { bothOwn }),
  })
  if (!secondStage)
    return picks.slice(0, question.count).filter(isAllowed).sort(byScore).slice(0, limit).map(toRanked)
  const { candidates, rest } = partCandidates(picks, question)
  const heard = new Float32Array(candidates.length * SPEAKING.length)
  for (const [at, { place }] of candidates.entries()) {
    const own = speaking.subarray(place * SPEAKING.length, (place + 1) * SPEAKING.length)
    heard.set(own, at * SPEAKING.length)
  }
  const ranked = rerank(secondStage, known, candidates, heard)
  return [...ranked, ...behind(ranked.at(-1)?.score ?? 1, rest)].slice(0, limit).map(toRanked)
}

/** What the model says of one target; its place in the answer. */
type Pick = Omit<Ranked, 'reasons'> & { readonly column: number; readonly place: number }

function readPicks(
  tensors: readonly NamedTensor[],
  question: Question,
  vocabulary: Vocabulary,
  known: Known,
) {
  const count = pickCount(question)
  const few = reasonCount(question)
  const games = take(tensors, 'games', 'INT64', [1, count]) as BigInt64Array
  const scores = take(tensors, 'scores', 'FP32', [1, count]) as Float32Array
  const reasons = take(tensors, 'reasons', 'INT32', [1, count, few]) as Int32Array
  const shares = take(tensors, 'shares', 'FP32', [1, count, few]) as Float32Array
  const speaking = take(tensors, 'speaking', 'FP32', [1, count, SPEAKING.length]) as Float32Array
  const picks = Array.from(games, (told, place): Pick => {
    const column = Number(told)
    const game = vocabulary.target(column)
    const score = scores[place] ?? Number.NaN
    if (game === undefined || !Number.isFinite(score))
      throw new BadTensor('the answer ranks what there is not')
    return { game, score, owners: vocabulary.owners(column), column, place }
  })
  const reasonsOf = (place: number) => {
    const [from, to] = [place * few, (place + 1) * few]
    return readReasons(known.games, reasons.subarray(from, to), shares.subarray(from, to))
  }
  return { picks, speaking, reasonsOf }
}

/** The first stage's best and what was asked for besides, each once; and those of the first stage that come after them all. */
function partCandidates(picks: readonly Pick[], { count }: Question) {
  const allowed = picks.filter(isAllowed)
  const best = allowed.filter(({ place }) => place < count).sort(byScore)
  const candidates = [...best.slice(0, FIRST_STAGE), ...allowed.filter(({ place }) => place >= count)]
  const byColumn = new Map(candidates.toReversed().map((pick) => [pick.column, pick]))
  return {
    candidates: candidates.filter((pick) => byColumn.get(pick.column) === pick),
    rest: best.slice(FIRST_STAGE).filter(({ column }) => !byColumn.has(column)),
  }
}

/** In the order of the first stage, each a little less likely than the one before. */
function behind(least: number, rest: readonly Pick[]): Pick[] {
  return rest.map((pick, at) => ({ ...pick, score: least / (at + 2) }))
}

function isAllowed({ score }: Pick): boolean {
  return score > MASKED
}

function byScore(a: Pick, b: Pick): number {
  return b.score - a.score || a.game - b.game
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
