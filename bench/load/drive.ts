import { setTimeout as pause } from 'node:timers/promises'

/** How one command went, in milliseconds from when it was due; `done` is undefined where it was not answered as it should be. */
export type Outcome = { readonly ack: number; readonly done: number | undefined }

/** Sends one command. Rejects where it was not even acknowledged. */
export type Ask = (number: number) => Promise<{ readonly ackMs: number; readonly doneMs: number | undefined }>

const PATIENCE_MS = 10_000

/**
 * Sends commands at a fixed rate, whether or not the ones before were answered: who is slow gets more to do, as in life.
 * Resolves with all outcomes.
 */
export async function drive(ask: Ask, rate: number, seconds: number, from: number): Promise<Outcome[]> {
  const start = performance.now()
  const asked: Promise<Outcome>[] = []
  for (let at = 0; at < rate * seconds; at++) {
    const due = start + (at * 1000) / rate
    const wait = due - performance.now()
    if (wait > 0) await pause(wait)
    asked.push(outcomeOf(ask(from + at), performance.now() - due))
  }
  return Promise.all(asked)
}

/** `late`: how long after its time the command was sent, which counts as well. */
async function outcomeOf(asked: ReturnType<Ask>, late: number): Promise<Outcome> {
  const never = { ackMs: Number.POSITIVE_INFINITY, doneMs: undefined }
  const { ackMs, doneMs } = await Promise.race([asked.catch(() => never), pause(PATIENCE_MS, never)])
  return { ack: late + ackMs, done: doneMs === undefined ? undefined : late + doneMs }
}

type Spread = { readonly p50: number; readonly p95: number; readonly p99: number }

export type Step = {
  /** Commands a second. */
  readonly rate: number
  readonly commands: number
  readonly ack: Spread
  /** Of those acknowledged at all, answered or not: the share acknowledged within a second. */
  readonly ackUnderSecond: number
  readonly answer: Spread
  readonly failed: number
}

export function stepOf(rate: number, outcomes: readonly Outcome[]): Step {
  const acks = outcomes.map(({ ack }) => ack)
  const done = outcomes.flatMap((outcome) => outcome.done ?? [])
  return {
    ...{ rate, commands: outcomes.length },
    ack: spreadOf(acks),
    ackUnderSecond: acks.filter((ack) => ack < 1000).length / acks.length,
    answer: spreadOf(done),
    failed: outcomes.length - done.length,
  }
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** What a rate must keep to be called sustained. */
export const HOLDS = { ackUnderSecond: 0.99, answerP99Ms: 2000 } as const

export function holds({ ackUnderSecond, answer, failed }: Step): boolean {
  return ackUnderSecond >= HOLDS.ackUnderSecond && answer.p99 <= HOLDS.answerP99Ms && failed === 0
}
