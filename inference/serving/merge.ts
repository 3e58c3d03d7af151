import { type Answer, pickCount, type Question, reasonCount } from '../model/question.ts'
import { SPEAKING } from '../model/reranker/speaking.ts'

/**
 * Several questions as one: shorter libraries are padded with row 0 at weight 0, all get the greatest count, and those that
 * ask for less besides are told of column 0 again and again.
 */
export function mergeQuestions(questions: readonly Question[]): Question {
  const [first] = questions
  if (first && questions.length === 1) return first
  const batch = questions.reduce((sum, question) => sum + question.batch, 0)
  const owned = Math.max(...questions.map((question) => question.owned))
  const rows = new Int32Array(batch * owned)
  const weights = new Float32Array(batch * owned)
  const played = new Uint8Array(batch * owned)
  const besides = Math.max(...questions.map(alsoCount))
  const also = new Int32Array(batch * besides)
  let library = 0
  for (const question of questions) {
    for (let i = 0; i < question.batch; i++, library++) {
      const [from, to] = [i * question.owned, (i + 1) * question.owned]
      rows.set(question.rows.subarray(from, to), library * owned)
      weights.set(question.weights.subarray(from, to), library * owned)
      played.set(question.played.subarray(from, to), library * owned)
      const own = alsoCount(question)
      also.set(question.also.subarray(i * own, (i + 1) * own), library * besides)
    }
  }
  return {
    ...{ batch, owned, rows, weights, played, also },
    allowed: Buffer.concat(questions.map((question) => question.allowed)),
    count: Math.max(...questions.map(({ count }) => count)),
    explained: questions.some(({ explained }) => explained),
  }
}

/** How many columns each library is told of besides. */
function alsoCount({ batch, also }: Pick<Question, 'batch' | 'also'>): number {
  return also.length / batch
}

/** Gives each question its part of the answer to all, in its own size. */
export function splitAnswer(questions: readonly Question[], merged: Question, answer: Answer): Answer[] {
  if (questions.length === 1) return [answer]
  const { games, scores, reasons, shares, speaking, contributions } = answer
  let library = 0
  return questions.map((question) => {
    const { batch, owned, count, explained } = question
    const [picks, also] = [pickCount(question), alsoCount(question)]
    const told = {
      from: library,
      of: pickCount(merged),
      batch,
      runs: [
        [0, count],
        [merged.count, also],
      ],
    } as const
    library += batch
    const [few, most] = [reasonCount(question), reasonCount(merged)]
    return {
      games: cut(games, new BigInt64Array(batch * picks), told, 1, 1),
      scores: cut(scores, new Float32Array(batch * picks), told, 1, 1),
      reasons: cut(reasons, new Int32Array(batch * picks * few), told, few, most),
      shares: cut(shares, new Float32Array(batch * picks * few), told, few, most),
      speaking: cut(
        speaking,
        new Float32Array(batch * picks * SPEAKING.length),
        told,
        SPEAKING.length,
        SPEAKING.length,
      ),
      ...(explained &&
        contributions && {
          contributions: cut(
            contributions,
            new Float32Array(batch * picks * owned),
            told,
            owned,
            merged.owned,
          ),
        }),
    }
  })
}

/** Of the picks of all libraries, those of one question: each library has `of`, of which these runs (from, how many) are its own. */
type Told = {
  /** The first library. */
  readonly from: number
  readonly of: number
  readonly batch: number
  readonly runs: readonly (readonly [from: number, count: number])[]
}

type Values<T> = {
  readonly length: number
  subarray(from: number, to: number): T
  set(part: T, at: number): void
}

/** Fills `into` with the first `width` of the `wide` values of each pick. */
function cut<T extends Values<T>>(
  values: T,
  into: T,
  { from, of, batch, runs }: Told,
  width: number,
  wide: number,
): T {
  let place = 0
  for (let library = from; library < from + batch; library++) {
    for (const [start, count] of runs) {
      const at = (library * of + start) * wide
      // What lies together is copied together.
      if (width === wide) into.set(values.subarray(at, at + count * width), place)
      else {
        for (let pick = 0; pick < count; pick++) {
          const own = at + pick * wide
          into.set(values.subarray(own, own + width), place + pick * width)
        }
      }
      place += count * width
    }
  }
  return into
}
