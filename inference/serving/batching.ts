import { type Answer, pickCount, type Question } from '../model/question.ts'
import type { LoadedModel } from './loaded-model.ts'
import { mergeQuestions, splitAnswer } from './merge.ts'

export type BatchLimits = {
  /** Questions that may wait; one more is turned away at once. */
  readonly maxQueue: number
  /** A question that has waited longer is not worth answering. */
  readonly deadlineMs: number
  /** Libraries, and owned games with their padding, in one run: what is gathered for more no longer fits the caches. */
  readonly maxBatch: number
  readonly maxOwnedRows: number
}

export const BATCH_LIMITS: BatchLimits = {
  maxQueue: 256,
  deadlineMs: 2_000,
  maxBatch: 64,
  maxOwnedRows: 512,
}

/** Contributions of one run, with their padding. */
const MAX_CONTRIBUTIONS = 4_194_304

export class Overloaded extends Error {
  override readonly name = 'Overloaded'
}

export type Batcher = {
  /** Throws `Overloaded` where too many wait already, or where the deadline passes first. */
  ask(model: LoadedModel, question: Question): Promise<Answer>
  readonly waiting: number
}

type Job = {
  readonly model: LoadedModel
  readonly question: Question
  readonly expiresAt: number
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** `onRun` is told how many libraries a run held, and its seconds. */
export function createBatcher(
  limits: BatchLimits,
  onRun: (libraries: number, seconds: number) => void,
): Batcher {
  const queue: Job[] = []
  let running = false

  /** A run blocks the event loop, so whoever arrives meanwhile is read before the next turn and goes together. */
  const drain = async () => {
    while (queue.length > 0) {
      await new Promise(setImmediate)
      dropExpired(queue)
      const jobs = takeBatch(queue, limits)
      if (jobs.length > 0) await runJobs(jobs, onRun)
    }
    running = false
  }

  return {
    get waiting() {
      return queue.length
    },
    ask(model, question) {
      if (queue.length >= limits.maxQueue)
        return Promise.reject(new Overloaded('too many requests are waiting'))
      model.busy += 1
      const answered = new Promise<Answer>((resolve, reject) => {
        queue.push({ model, question, expiresAt: Date.now() + limits.deadlineMs, resolve, reject })
      })
      if (!running) {
        running = true
        void drain()
      }
      return answered.finally(() => {
        model.busy -= 1
      })
    },
  }
}

function dropExpired(queue: Job[]): void {
  const now = Date.now()
  while (queue[0] && queue[0].expiresAt < now) {
    queue.shift()?.reject(new Overloaded('the request waited past its deadline'))
  }
}

/** The oldest question and those right behind it that ask the same model, as far as they fit together. */
function takeBatch(queue: Job[], limits: BatchLimits): Job[] {
  const jobs: Job[] = []
  let [batch, owned, picks] = [0, 0, 0]
  for (const job of queue) {
    const { model, question } = job
    batch += question.batch
    owned = Math.max(owned, question.owned)
    picks = Math.max(picks, pickCount(question))
    const fits =
      model === queue[0]?.model &&
      batch <= limits.maxBatch &&
      batch * owned <= limits.maxOwnedRows &&
      batch * owned * picks <= MAX_CONTRIBUTIONS
    if (jobs.length > 0 && !fits) break
    jobs.push(job)
  }
  queue.splice(0, jobs.length)
  return jobs
}

async function runJobs(jobs: readonly Job[], onRun: (libraries: number, seconds: number) => void) {
  const questions = jobs.map((job) => job.question)
  try {
    const merged = mergeQuestions(questions)
    const start = performance.now()
    const answer = await (jobs[0] as Job).model.run(merged)
    onRun(merged.batch, (performance.now() - start) / 1000)
    const answers = splitAnswer(questions, merged, answer)
    for (const [i, job] of jobs.entries()) job.resolve(answers[i] as Answer)
  } catch (error) {
    for (const job of jobs) job.reject(error)
  }
}
