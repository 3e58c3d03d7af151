import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inTime, NoAnswerInTime, withinDeadline } from '../../../db/postgres/deadline.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = () => new Promise<never>(() => {})
const passing = (ms: number) => () => new Promise((resolve) => setTimeout(() => resolve(ms), ms))

describe('a deadline', () => {
  it('is one for all questions of a command, in a row and at once', async () => {
    const fates: string[] = []
    const fate = (question: () => Promise<unknown>) =>
      inTime(question).then(
        () => fates.push('answered'),
        (error) => fates.push(error instanceof NoAnswerInTime ? 'late' : 'failed'),
      )
    const done = withinDeadline(async () => {
      await fate(passing(2_000))
      await Promise.all([fate(passing(1_500)), fate(never)])
      await fate(passing(1))
    })
    await vi.advanceTimersByTimeAsync(5_000)
    await done
    expect(fates).toEqual(['answered', 'answered', 'late', 'late'])
  })

  it('does not count what else a command waits for', async () => {
    const done = withinDeadline(async () => {
      await inTime(passing(3_000))
      await passing(60_000)()
      return inTime(passing(900))
    })
    await vi.advanceTimersByTimeAsync(63_900)
    expect(await done).toBe(900)
  })

  it('is shared by what is done within', async () => {
    const done = withinDeadline(async () => {
      await inTime(passing(3_000))
      return withinDeadline(() => inTime(passing(2_000)))
    })
    const refused = expect(done).rejects.toThrow(NoAnswerInTime)
    await vi.advanceTimersByTimeAsync(5_000)
    await refused
  })

  it('does not hold for those who have none, nor for what is left running', async () => {
    let left: Promise<unknown> = Promise.resolve()
    withinDeadline(() => {
      left = passing(1)().then(() => inTime(passing(60_000)))
    })
    await vi.advanceTimersByTimeAsync(60_001)
    expect(await left).toBe(60_000)
    const free = inTime(passing(60_000))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await free).toBe(60_000)
  })

  it('gives back what came too late', async () => {
    const givenBack: unknown[] = []
    const done = withinDeadline(() => inTime(passing(6_000), (late) => givenBack.push(late)))
    const refused = expect(done).rejects.toThrow('no answer within 4 seconds')
    await vi.advanceTimersByTimeAsync(6_000)
    await refused
    expect(givenBack).toEqual([6_000])
  })
})
