import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { every } from '../../../bot/jobs/every.ts'
import { keepLog } from '../../support/fakes/kept-log.ts'

const EVERY_SECOND = '* * * * * *'

function open(job: () => Promise<unknown>, pattern = '0 0 1 1 *') {
  const { log, lines } = keepLog()
  const schedule = { name: 'a job', pattern, log, failed: 'it failed', recovered: 'it works again' }
  return { ...every(schedule, job), said: () => lines.map(({ level, message }) => `${level}: ${message}`) }
}

describe('a recurring job', () => {
  it('logs a failure once, and that it is over', async () => {
    let isBroken = true
    const { run, stop, said } = open(async () => {
      if (isBroken) throw new Error('no')
    })
    await run()
    await run()
    isBroken = false
    await run()
    await run()
    isBroken = true
    await run()
    await stop()
    expect(said()).toEqual(['warn: it failed', 'info: it works again', 'warn: it failed'])
  })

  it('is waited for where it is stopped, and its failure by that is none', async () => {
    const { promise, reject } = Promise.withResolvers<void>()
    const { run, stop, said } = open(() => promise)
    const ended: string[] = []
    void run().then(() => ended.push('job'))
    const stopped = stop().then(() => ended.push('stop'))
    reject(new Error('aborted'))
    await stopped
    expect(ended).toEqual(['job', 'stop'])
    expect(said()).toEqual([])
  })
})

describe('its schedule', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('starts it each time, and not while it still runs', async () => {
    const letGo: (() => void)[] = []
    const job = vi.fn(() => new Promise<void>((resolve) => letGo.push(resolve)))
    const { stop } = open(job, EVERY_SECOND)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(job).toHaveBeenCalledTimes(1)
    letGo[0]?.()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(job).toHaveBeenCalledTimes(2)
    letGo[1]?.()
    await stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(job).toHaveBeenCalledTimes(2)
  })
})
