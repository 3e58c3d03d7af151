import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { connect, type Db } from '../../db/postgres/connect.ts'
import { withinDeadline } from '../../db/postgres/deadline.ts'
import { databaseHealth } from '../../db/postgres/health.ts'
import { type DebianPostgres, PASSWORD, startDebianPostgres } from '../support/debian/postgres.ts'
import { freePort } from '../support/debian/server.ts'
import { onServer } from '../support/postgres/server.ts'

let postgres: DebianPostgres
let url: string
beforeAll(async () => {
  postgres = await startDebianPostgres({ max_connections: '6', superuser_reserved_connections: '2' })
  url = await postgres.create('failures')
})
afterAll(() => postgres.stop())

function open(address: string): Db {
  const db = connect(address, () => {})
  onTestFinished(() => db.destroy())
  return db
}

const ask = (address: string) => sql`select 1`.execute(open(address)).then(() => 'answers', String)
const changed = (parts: Partial<Pick<URL, 'hostname' | 'username' | 'password' | 'pathname'>>) =>
  Object.assign(new URL(url), parts).href

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer(onConnection).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

describe('why the database cannot be used is told with its address', () => {
  const CASES: readonly (readonly [string, () => string | Promise<string>, RegExp])[] = [
    [
      'a closed port',
      async () => url.replace(String(postgres.port), String(await freePort())),
      /127\.0\.0\.1:\d+ does not answer: nothing listens there/,
    ],
    [
      'an unknown host',
      () => changed({ hostname: 'nowhere.invalid' }),
      /nowhere\.invalid:\d+ does not answer: (there is no such host name|the host name cannot be looked up)/,
    ],
    [
      'no socket',
      () => 'postgres:///x?host=/nonexistent',
      /\/nonexistent does not answer: there is no such socket/,
    ],
    [
      'a wrong password',
      () => changed({ password: 'wrong' }),
      /refuses: password authentication failed for user "scout"; check the user and password/,
    ],
    ['no password', () => changed({ password: '' }), /refuses: it asks for a password/],
    [
      'an unknown user',
      () => changed({ username: 'nobody' }),
      /refuses: password authentication failed for user "nobody"/,
    ],
    [
      'an unknown database',
      () => changed({ pathname: '/nothing' }),
      /refuses: database "nothing" does not exist; create it/,
    ],
    [
      'TLS where there is none',
      () => `${url}?sslmode=verify-full`,
      /refuses: it speaks no TLS; set sslmode=disable/,
    ],
    [
      'a file for TLS that is not there',
      () => `${url}?sslmode=verify-full&sslrootcert=/nonexistent.pem`,
      /\/nonexistent\.pem cannot be read, which DATABASE_URL names/,
    ],
    [
      'an unknown parameter',
      () => `${url}?options=-c%20nonsense.x=1%20-c%20nothing=2`,
      /refuses: unrecognized configuration parameter "nothing"; check the parameters/,
    ],
    [
      'a wrong value',
      () => `${url}?options=-c%20work_mem=much`,
      /refuses: invalid value for parameter "work_mem": "much"; check the parameters/,
    ],
    [
      'a server that hangs up',
      async () => url.replace(String(postgres.port), String(await listen((socket) => void socket.destroy()))),
      /127\.0\.0\.1:\d+ does not answer: (it closed the connection|Connection terminated unexpectedly)/,
    ],
    [
      'a server that says nothing',
      async () => url.replace(String(postgres.port), String(await listen(() => {}))),
      /127\.0\.0\.1:\d+ does not answer: no answer in time/,
    ],
    [
      'another kind of server',
      async () =>
        url.replace(
          String(postgres.port),
          String(await listen((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
        ),
      /127\.0\.0\.1:\d+ (does not answer|refuses): \S/,
    ],
  ]

  it.each(CASES)('%s', async (_name, address, said) => {
    const sentence = await ask(await address())
    expect(sentence).toMatch(said)
    expect(sentence).not.toContain(PASSWORD)
  })

  it('too many connections', async () => {
    const fillUp = async (): Promise<string> => {
      const said = await ask(url)
      return said === 'answers' ? fillUp() : said
    }
    expect(await fillUp()).toMatch(
      /refuses: (sorry, too many clients already|remaining connection slots .*); lower DATABASE_POOL_SIZE/,
    )
  })

  it('a role that may not connect', async () => {
    await postgres.create('closed', { owner: 'postgres' })
    await onServer(postgres.url, 'revoke connect on database closed from public')
    expect(await ask(url.replace('/failures', '/closed'))).toMatch(
      /refuses: permission denied for database "closed"; grant that/,
    )
  })
})

describe('a server that has been stopped', () => {
  it('keeps whoever waits four seconds in all, and lets others wait', async () => {
    const db = open(url)
    const question = () => sql`select 1`.execute(db).then(() => 'answered', String)
    await question()
    await postgres.freeze()
    const startedAt = performance.now()
    const background = question()
    const said = await withinDeadline(async () => {
      const first = await Promise.all([question(), question()])
      return [...first, await question(), await question()]
    })
    const seconds = (performance.now() - startedAt) / 1000
    await postgres.thaw()
    expect(seconds).toBeGreaterThan(3.9)
    expect(seconds).toBeLessThan(12)
    expect(new Set(said)).toEqual(
      new Set([
        `Unavailable: the database at 127.0.0.1:${postgres.port} does not answer: no answer within 4 seconds`,
      ]),
    )
    expect(await background).toBe('answered')
    expect(await question()).toBe('answered')
  })

  it('is told by health within five seconds', async () => {
    const db = open(url)
    await postgres.freeze()
    const startedAt = performance.now()
    const health = await databaseHealth(db)
    await postgres.thaw()
    expect(performance.now() - startedAt).toBeLessThan(30_000)
    expect(health).toMatchObject({ ok: false, detail: expect.stringContaining('does not answer') })
  })
})

describe('a server that has become read-only', () => {
  it('is told by health, and its connections are given up', async () => {
    const db = open(url)
    const pid = async () => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
      return rows[0]?.pid
    }
    await sql`create table noted (n integer)`.execute(db)
    const before = await pid()
    // As seen by an old primary's sessions: writes are refused, reads go on.
    await onServer(postgres.url, 'alter database failures set default_transaction_read_only = on')
    await sql`set default_transaction_read_only = on`.execute(db)
    await expect(sql`insert into noted values (1)`.execute(db)).rejects.toThrow(
      /refuses: it is read-only, as a standby is/,
    )
    expect(await databaseHealth(db)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('read-only'),
    })
    const during = await pid()
    expect(during).not.toBe(before)
    await onServer(postgres.url, 'alter database failures set default_transaction_read_only = off')
    // Health has given up what it looked at, though nothing was written meanwhile.
    expect(await databaseHealth(db)).toMatchObject({ ok: false })
    expect(await databaseHealth(db)).toEqual({ ok: true, detail: 'answers' })
    await sql`insert into noted values (1)`.execute(db)
  })
})
