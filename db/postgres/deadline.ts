import { AsyncLocalStorage } from 'node:async_hooks'

/** Leaves time to speak within five seconds. Limits how long a command, a health check or a scrape waits for the database, all of its questions together. */
const WAIT_MS = 4_000

/** Names what was not answered in time. */
export class NoAnswerInTime extends Error {
  override readonly name = 'NoAnswerInTime'

  constructor() {
    super(`no answer within ${WAIT_MS / 1000} seconds`)
  }
}

/** Counts only the time during which a question is open: what else a command waits for, such as Steam, is no matter. */
type Budget = { leftMs: number; open: number; since: number; over: boolean }

const budgets = new AsyncLocalStorage<Budget>()

/**
 * Runs work that somebody waits for: once its questions to the database have taken four seconds in all, they fail. Within
 * other such work it shares that one's time. What the work leaves running when it ends has no limit.
 */
export function withinDeadline<T>(work: () => T): T {
  if (current()) return work()
  const budget: Budget = { leftMs: WAIT_MS, open: 0, since: 0, over: false }
  const end = () => {
    budget.over = true
  }
  const result = budgets.run(budget, work)
  if (result instanceof Promise) result.then(end, end)
  else end()
  return result
}

/**
 * Asks one question in what time is left, or for as long as it takes where nobody waits. `giveBack` gets an answer that
 * comes too late.
 */
export async function inTime<T>(question: () => Promise<T>, giveBack?: (late: T) => void): Promise<T> {
  const budget = current()
  if (!budget) return question()
  const leftMs = remaining(budget)
  if (leftMs <= 0) throw new NoAnswerInTime()
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new NoAnswerInTime()), leftMs)
  if (budget.open++ === 0) budget.since = performance.now()
  const answer = question()
  try {
    return await Promise.race([answer, late])
  } catch (error) {
    if (error instanceof NoAnswerInTime && giveBack) answer.then(giveBack, () => {})
    throw error
  } finally {
    clearTimeout(timer)
    if (--budget.open === 0) budget.leftMs -= performance.now() - budget.since
  }
}

function current(): Budget | undefined {
  const budget = budgets.getStore()
  return budget?.over === false ? budget : undefined
}

function remaining({ leftMs, open, since }: Budget): number {
  return open === 0 ? leftMs : leftMs - (performance.now() - since)
}
