import { type Answer, type Question, reasonCount } from '../model/question.ts'

/** Several questions as one: shorter libraries are padded with row 0 at weight 0, and all get the greatest count. */
export function mergeQuestions(questions: readonly Question[]): Question {
  const [first] = questions
  if (first && questions.length === 1) return first
  const batch = questions.reduce((sum, question) => sum + question.batch, 0)
  const owned = Math.max(...questions.map((question) => question.owned))
  const rows = new Int32Array(batch * owned)
  const weights = new Float32Array(batch * owned)
  let library = 0
  for (const question of questions) {
    for (let i = 0; i < question.batch; i++, library++) {
      const [from, to] = [i * question.owned, (i + 1) * question.owned]
      rows.set(question.rows.subarray(from, to), library * owned)
      weights.set(question.weights.subarray(from, to), library * owned)
    }
  }
  return {
    ...{ batch, owned, rows, weights },
    allowed: Buffer.concat(questions.map((question) => question.allowed)),
    count: Math.max(...questions.map(({ count }) => count)),
    explained: questions.some(({ explained }) => explained),
  }
}

/** Gives each question its part of the answer to all, in its own size. */
export function splitAnswer(questions: readonly Question[], merged: Question, answer: Answer): Answer[] {
  if (questions.length === 1) return [answer]
  const { games, scores, reasons, shares, contributions } = answer
  let library = 0
  return questions.map((question) => {
    const { batch, owned, count, explained } = question
    const picks = { from: library * merged.count, of: merged.count, batch, count }
    library += batch
    const [few, most] = [reasonCount(question), reasonCount(merged)]
    return {
      games: cut(games, new BigInt64Array(batch * count), picks, 1, 1),
      scores: cut(scores, new Float32Array(batch * count), picks, 1, 1),
      reasons: cut(reasons, new Int32Array(batch * count * few), picks, few, most),
      shares: cut(shares, new Float32Array(batch * count * few), picks, few, most),
      ...(explained &&
        contributions && {
          contributions: cut(
            contributions,
            new Float32Array(batch * count * owned),
            picks,
            owned,
            merged.owned,
          ),
        }),
    }
  })
}

/** The picks of one question among those of all: each library has `of`, of which the first `count` are its own. */
type Picks = { readonly from: number; readonly of: number; readonly batch: number; readonly count: number }

type Values<T> = {
  readonly length: number
  subarray(from: number, to: number): T
  set(part: T, at: number): void
}

/** Fills `into` with the first `width` of the `wide` values of each pick. */
function cut<T extends Values<T>>(
  values: T,
  into: T,
  { from, of, batch, count }: Picks,
  width: number,
  wide: number,
): T {
  // What lies together is copied together.
  const [runs, length] = width === wide ? [1, count * width] : [count, width]
  for (let i = 0; i < batch; i++) {
    for (let run = 0; run < runs; run++) {
      const at = (from + i * of + run) * wide
      into.set(values.subarray(at, at + length), (i * runs + run) * length)
    }
  }
  return into
}
