import type { Answer, Question } from './question.ts'

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
  const allowed = Buffer.concat(questions.map((question) => question.allowed))
  return { batch, owned, rows, weights, allowed, count: Math.max(...questions.map(({ count }) => count)) }
}

/** Gives each question its part of the answer to all, in its own size. */
export function splitAnswer(questions: readonly Question[], merged: Question, answer: Answer): Answer[] {
  let library = 0
  return questions.map(({ batch, owned, count }) => {
    const from = library
    library += batch
    const games = new BigInt64Array(batch * count)
    const scores = new Float32Array(batch * count)
    const contributions = new Float32Array(batch * count * owned)
    for (let i = 0; i < batch; i++) {
      const start = (from + i) * merged.count
      games.set(answer.games.subarray(start, start + count), i * count)
      scores.set(answer.scores.subarray(start, start + count), i * count)
      for (let pick = 0; pick < count; pick++) {
        const at = (start + pick) * merged.owned
        contributions.set(answer.contributions.subarray(at, at + owned), (i * count + pick) * owned)
      }
    }
    return { games, scores, contributions }
  })
}
