import { once } from 'node:events'
import { createServer } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Log } from '../../../core/log.ts'
import { Unavailable } from '../../../core/unavailable.ts'
import { connect, WITHOUT_TIME_LIMIT, withClient } from '../../../db/postgres/connect.ts'
import { testDatabaseAt } from '../../support/postgres/database.ts'

const { db, url } = await testDatabaseAt()

function another(log: Log = () => {}) {
  const other = connect(url, log)
  onTestFinished(() => other.destroy())
  return other
}

const endSession = (pid: number | undefined) => sql`select pg_terminate_backend(${pid})`.execute(db)
const ownPid = sql<{ pid: number }>`select pg_backend_pid() as pid`

describe('a database that is away', () => {
  it('is unavailable where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    await new Promise((resolve) => server.close(resolve))
    const gone = connect(`postgres://scout:secret@127.0.0.1:${port}/none`, () => {})
    onTestFinished(() => gone.destroy())
    await expect(sql`select 1`.execute(gone)).rejects.toThrow(
      `the database at 127.0.0.1:${port} does not answer: nothing listens there (ECONNREFUSED)`,
    )
    await expect(withClient(gone, async () => {})).rejects.toThrow(Unavailable)
  })

  it('is unavailable when the session ends in a statement or between two of a transaction', async () => {
    const other = another()
    const lost = other.transaction().execute(async (trx) => {
      const { rows } = await ownPid.execute(trx)
      await endSession(rows[0]?.pid)
      await sql`select 1`.execute(trx)
    })
    await expect(lost).rejects.toThrow(Unavailable)
    expect((await ownPid.execute(other)).rows).toHaveLength(1)
  })

  it('is unavailable when a copying session ends', async () => {
    const lost = withClient(another(), async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      await endSession(rows[0]?.pid)
      await client.query('select 1')
    })
    await expect(lost).rejects.toThrow(Unavailable)
  })

  it('is only a line in the log when an idle session ends', async () => {
    const lines: string[] = []
    const { promise: logged, resolve } = Promise.withResolvers<void>()
    const other = another((level, message) => {
      lines.push(`${level}: ${message}`)
      resolve()
    })
    const { rows } = await ownPid.execute(other)
    await endSession(rows[0]?.pid)
    await logged
    expect(lines).toEqual(['warn: lost an idle database connection'])
    expect((await ownPid.execute(other)).rows[0]?.pid).not.toBe(rows[0]?.pid)
  })
})

describe('a database that is there', () => {
  it('says itself what is wrong with a statement', async () => {
    await expect(sql`select nonsense`.execute(db)).rejects.toThrow('column "nonsense" does not exist')
    await expect(withClient(db, (client) => client.query('select nonsense'))).rejects.toThrow('nonsense')
  })

  it('gives dates as they are written and large counts as numbers', async () => {
    const { rows } =
      await sql`select date '2026-03-01' as day, count(*) as n from generate_series(1, 3)`.execute(db)
    expect(rows).toEqual([{ day: '2026-03-01', n: 3 }])
  })

  it('limits the time of a statement, but for those that ask', async () => {
    const limit = sql<{ statement_timeout: string }>`show statement_timeout`
    expect((await limit.execute(db)).rows).toEqual([{ statement_timeout: '30s' }])
    await db.transaction().execute(async (trx) => {
      await sql.raw(WITHOUT_TIME_LIMIT).execute(trx)
      expect((await limit.execute(trx)).rows).toEqual([{ statement_timeout: '0' }])
    })
    expect((await limit.execute(db)).rows).toEqual([{ statement_timeout: '30s' }])
  })

  it('never gets back a session on which work failed halfway', async () => {
    const other = another()
    await expect(
      withClient(other, async (client) => {
        await client.query('begin')
        throw new Error('halfway')
      }),
    ).rejects.toThrow('halfway')
    const { rows } = await sql<{ ok: boolean }>`select now() = statement_timestamp() as ok`.execute(other)
    expect(rows).toEqual([{ ok: true }])
  })
})
