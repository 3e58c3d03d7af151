import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Figures, readFigures } from '../../bench/capacity/figures.ts'
import { needsOf } from '../../bench/capacity/needs.ts'
import { blockOf, PAGE, withBlock } from '../../bench/capacity/page.ts'
import { capacityPage } from '../../bench/capacity/table.ts'
import { drive, holds, stepOf } from '../../bench/load/drive.ts'

it('the scaling page says what the script computes from the measured figures', () => {
  expect(blockOf(readFileSync(PAGE, 'utf8'))).toBe(capacityPage(readFigures()))
})

it('only its block of the page changes', () => {
  const page = readFileSync(PAGE, 'utf8')
  expect(withBlock(page, blockOf(page))).toBe(page)
  expect(blockOf(withBlock(page, 'a $& b'))).toBe('a $& b')
})

/** Round ones, so that the sums can be done by hand. */
const FIGURES: Figures = {
  load: {
    machine: { cpu: 'a processor', cores: 2, load: 2 },
    found: [
      {
        name: '1 bot, 1 worker',
        sustained: {
          ...{ rate: 20, ackUnderSecond: 1 },
          ...{ ack: { p50: 1, p95: 2, p99: 3 }, answer: { p50: 10, p95: 20, p99: 30 } },
        },
        cost: { bots: 12, workers: 6, database: 3, standIns: 9 },
        memory: { bots: [1e8], workers: [1e8], database: 1e8 },
      },
    ],
    rowBytes: {
      'warehouse.interaction': 100,
      'lake.recommendation': 1000,
      'lake.library_snapshot': 500,
      'lake.command': 50,
    },
  },
  gram: {
    ...{ players: 1000, pairs: 100_000, incrementsPerPlayer: 5_000, games: 10_000 },
    cpuSeconds: { gram: 1, solve: 8 },
    ...{ builtInPerCpuSecond: 5_000_000, postgresqlPerCpuSecond: 1_000_000, duckdbPerCpuSecond: 2_500_000 },
  },
}

describe('what 100,000 players need', () => {
  const needs = needsOf(100_000, FIGURES)

  it('of processors and shards', () => {
    // 100,000 a day are 1.157 a second, and five times that in the busiest minute.
    expect(needs.peakPerSecond).toBeCloseTo(5.787)
    expect(needs.cores.bots).toBeCloseTo((5.787 * 0.012) / 0.6, 4)
    expect(needs).toMatchObject({ bots: 1, servers: 5_000, shards: 2, steamKeys: 1, digestsSeconds: 100 })
  })

  it('of disks', () => {
    expect(needs.databaseBytes).toEqual({ interactions: 1e9, answers: 3e9, snapshots: 5e7, commands: 4.5e8 })
  })

  it('of a training', () => {
    expect(needs.training.gramSeconds).toEqual({ builtIn: 100, postgresql: 500, duckdb: 200 })
    expect(needs.games).toBe(20_000)
    expect(needs.training.solveSeconds).toBe(64)
    // Two float32 matrices, and 26 bytes for each of ten million pairs.
    expect(needs.training.bytes.builtIn).toBe(2 * 4 * 20_000 ** 2 + 26 * 1e7)
    expect(needs.modelBytes).toBe(1.6e9)
  })
})

it('no size needs less than nothing of anything', () => {
  const needs = needsOf(1_000, FIGURES)
  expect(needs).toMatchObject({ bots: 1, shards: 1, steamKeys: 1 })
})

describe('the load bench', () => {
  it('sends at its rate whether or not anything was answered', async () => {
    const sent: number[] = []
    const release = Promise.withResolvers<void>()
    const driven = drive(
      async (number) => {
        sent.push(number)
        if (sent.length === 20) release.resolve()
        await release.promise
        return { ackMs: 1, doneMs: 2 }
      },
      400,
      0.05,
      7,
    )
    expect(await driven).toHaveLength(20)
    expect(sent).toEqual(Array.from({ length: 20 }, (_, at) => at + 7))
  })

  it('counts what was never acknowledged as late, and what was answered wrongly as failed', async () => {
    const outcomes = await drive(
      async (number) => {
        if (number === 0) throw new Error('refused')
        return { ackMs: number === 1 ? 1500 : 5, doneMs: number === 2 ? undefined : 10 }
      },
      1000,
      0.01,
      0,
    )
    const step = stepOf(1000, outcomes)
    expect(step).toMatchObject({ commands: 10, failed: 2, ackUnderSecond: 0.8 })
    expect(step.answer.p50).toBeGreaterThanOrEqual(10)
    expect(holds(step)).toBe(false)
    expect(holds({ ...step, failed: 0, ackUnderSecond: 0.99 })).toBe(true)
  })
})
