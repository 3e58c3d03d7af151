import { beforeEach, describe, expect, it } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import type { Candidates } from '../../../core/use-cases/digest/candidates.ts'
import { createCandidateStore } from '../../../db/digest/candidates.ts'
import { connect } from '../../../db/postgres/connect.ts'
import { testDatabaseAt } from '../../support/postgres/database.ts'

const { db, url } = await testDatabaseAt()

const KEY = { week: '2026-W48', locale: 'en', genres: ['Roguelike', 'Indie'] } as const
const some = (game: number): Candidates => ({
  ...{ new: [gameId(game)], 'hidden-gem': [], 'on-sale': [], acclaimed: [gameId(game + 1)] },
})

/** Says what it was told to, and counts how often it was asked. */
function computing(candidates: Candidates, before: () => Promise<unknown> = async () => {}) {
  let times = 0
  const compute = async () => {
    times += 1
    await before()
    return candidates
  }
  return { compute, times: () => times }
}

const others = () => Array.from({ length: 3 }, () => connect(url, () => {}))
const askPool = () => db.selectFrom('warehouse.pace').selectAll().execute()

beforeEach(async () => {
  await db.deleteFrom('warehouse.digest_candidates').execute()
})

describe('the candidates of a week', () => {
  it('are computed once for all processes that ask at once', async () => {
    const processes = others()
    const { compute, times } = computing(some(1), askPool)
    const stores = processes.flatMap((other) => Array(4).fill(createCandidateStore(other)))
    const found = await Promise.all(stores.map((store) => store.of(KEY, compute)))
    await Promise.all(processes.map((other) => other.destroy()))
    expect(found).toEqual(stores.map(() => some(1)))
    expect(times()).toBe(1)
  })

  it('are remembered, for the genres in any order', async () => {
    const store = createCandidateStore(db)
    await store.of(KEY, computing(some(1)).compute)
    const { compute, times } = computing(some(5))
    expect(await store.of({ ...KEY, genres: ['Indie', 'Roguelike'] }, compute)).toEqual(some(1))
    expect(times()).toBe(0)
  })

  it('are others for another week, language or genre', async () => {
    const store = createCandidateStore(db)
    const keys = [
      KEY,
      { ...KEY, week: '2026-W49' },
      { ...KEY, locale: 'ko' },
      { ...KEY, genres: ['Indie'] },
      { ...KEY, genres: [] },
    ] as const
    const { compute, times } = computing(some(1))
    for (const key of [...keys, ...keys]) await store.of(key, compute)
    expect(times()).toBe(keys.length)
  })

  it('are computed by the next one where the first one failed', async () => {
    const store = createCandidateStore(db)
    const failing = computing(some(1), () => Promise.reject(new Error('away')))
    const asked = [store.of(KEY, failing.compute), store.of(KEY, failing.compute)]
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await store.of(KEY, computing(some(2)).compute)).toEqual(some(2))
  })

  it('leave connections to compute with, however many are asked for at once', async () => {
    const store = createCandidateStore(db)
    const { compute, times } = computing(some(1), askPool)
    const keys = Array.from({ length: 40 }, (_, i) => ({ ...KEY, genres: [`genre ${i}`] }))
    await Promise.all(keys.map((key) => store.of(key, compute)))
    expect(times()).toBe(40)
  })
})
