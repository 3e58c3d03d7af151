import { describe, expect, it } from 'vitest'
import { connect } from '../../../db/postgres/connect.ts'
import { createRateLimiter } from '../../../db/postgres/pace.ts'
import { testDatabaseAt } from '../../support/postgres/database.ts'

const { db, url } = await testDatabaseAt()
const EVERY_MS = 20
const HOUR_MS = 3_600_000

/** From the beginning on; a timer may be early by a millisecond. */
async function expectSpaced(turns: readonly (() => Promise<void>)[], everyMs: number): Promise<void> {
  const start = performance.now()
  const waits = await Promise.all(turns.map((turn) => turn().then(() => performance.now() - start)))
  for (const [i, wait] of waits.toSorted((a, b) => a - b).entries())
    expect(wait).toBeGreaterThanOrEqual(i * everyMs - 2)
}

describe('turns', () => {
  it('of one key are spaced over several processes', async () => {
    const others = Array.from({ length: 3 }, () => connect(url, () => {}))
    const paces = others.map(createRateLimiter)
    const turns = paces.flatMap((pace) =>
      Array.from({ length: 8 }, () => () => pace.acquire('one', EVERY_MS)),
    )
    await expectSpaced(turns, EVERY_MS)
    await Promise.all(others.map((other) => other.destroy()))
  })

  it('of another key are not waited for', async () => {
    const pace = createRateLimiter(db)
    await pace.acquire('slow', HOUR_MS)
    await pace.acquire('other', HOUR_MS)
  })

  it('that a process was held up for are taken anew, and not all at once', async () => {
    const pace = createRateLimiter(db)
    const first = new Date(Date.now() + 500)
    await db.insertInto('warehouse.pace').values({ key: 'held', next_at: first }).execute()
    const came: number[] = []
    const turns = Array.from({ length: 10 }, () =>
      pace.acquire('held', EVERY_MS).then(() => came.push(performance.now())),
    )
    const next = () =>
      db.selectFrom('warehouse.pace').select('next_at').where('key', '=', 'held').executeTakeFirst()
    const handedOut = async () => ((await next())?.next_at.getTime() ?? 0) - first.getTime()
    await expect.poll(handedOut).toBeGreaterThanOrEqual(10 * EVERY_MS - 1)
    while (Date.now() < first.getTime() + 1_000);
    const held = performance.now()
    await Promise.all(turns)
    for (const [i, at] of came.entries()) expect(at - held).toBeGreaterThanOrEqual(i * EVERY_MS - 2)
  })

  it('that nobody took are not saved up', async () => {
    const pace = createRateLimiter(db)
    const longAgo = new Date(Date.now() - HOUR_MS)
    await db.insertInto('warehouse.pace').values({ key: 'idle', next_at: longAgo }).execute()
    await expectSpaced(
      Array(4).fill(() => pace.acquire('idle', 200)),
      200,
    )
  })

  it('wait without a connection', async () => {
    const pace = createRateLimiter(db)
    const stop = new AbortController()
    await pace.acquire('hour', HOUR_MS)
    const waiting = Array.from({ length: 30 }, () => pace.acquire('hour', HOUR_MS, stop.signal))
    const gone = Promise.allSettled(waiting)
    await pace.acquire('free', 0)
    stop.abort()
    expect((await gone).map(({ status }) => status)).toEqual(Array(30).fill('rejected'))
  })

  it('are not taken by those who have given up before', async () => {
    const pace = createRateLimiter(db)
    await expect(pace.acquire('quiet', HOUR_MS, AbortSignal.abort())).rejects.toThrow()
    await pace.acquire('quiet', HOUR_MS)
  })

  it('come after the rest that a platform asked for', async () => {
    const pace = createRateLimiter(db)
    await pace.rest('tired', HOUR_MS)
    await pace.rest('tired', 1)
    const early = pace.acquire('tired', EVERY_MS, AbortSignal.timeout(50))
    await expect(early).rejects.toThrow()
  })
})
