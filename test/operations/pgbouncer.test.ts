import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createClosers } from '../../bot/context/closers.ts'
import { runRefresh } from '../../bot/tasks/refresh.ts'
import { startQueue } from '../../db/digest/queue.ts'
import { importBlocklist } from '../../db/import/blocklist.ts'
import { sampleLibraries } from '../../db/import/sample/sample.ts'
import { connect } from '../../db/postgres/connect.ts'
import { migrate } from '../../db/postgres/migrate.ts'
import { createRefreshes } from '../../db/training/refreshes.ts'
import { type DebianPostgres, startDebianPostgres, startPgBouncer } from '../support/debian/postgres.ts'
import { type Communities, startCommunities } from '../support/fakes/communities.ts'
import { temporaryFolder } from '../support/folder.ts'

let postgres: DebianPostgres
beforeAll(async () => {
  postgres = await startDebianPostgres()
})
afterAll(() => postgres.stop())

const PLAYER = '76561197960287930'
const [strategist] = sampleLibraries()
const games = (strategist?.games ?? []).map(({ game, minutes }) => ({ appid: game as number, minutes }))

describe.each(['session', 'transaction'] as const)('behind pgbouncer in %s mode', (mode) => {
  let bouncer: Awaited<ReturnType<typeof startPgBouncer>>
  let all: Communities
  let url: string

  beforeAll(async () => {
    bouncer = await startPgBouncer(postgres, mode)
    await postgres.create(mode)
    url = bouncer.url(mode)
    all = await startCommunities({ DATABASE_URL: url, DATABASE_POOL_SIZE: '2' })
    all.steam.player(PLAYER, { games })
  })

  afterAll(async () => {
    await all.stop()
    await bouncer.stop()
  })

  it('the program starts on an empty database, and answers', async () => {
    const shown = await all.discord.command('recommend', { steam_id: PLAYER })
    expect(shown.message?.embeds).toHaveLength(5)
    const health = (await (await fetch(`${all.program.url}/health/ready`)).json()) as { ok: boolean }
    expect(health).toMatchObject({ ok: true })
  })

  it('one process at a time refreshes the model', async () => {
    const [one, other] = [open(url), open(url)].map((db) => createRefreshes(db))
    const outcomes = await one?.alone(async (right) => {
      await right.check()
      return [await other?.alone(async () => 'taken'), await one.alone(async () => 'taken')]
    })
    expect(outcomes).toEqual([undefined, undefined])
    expect(await other?.alone(async () => 'free')).toBe('free')
  })

  it('a refresh goes through', async () => {
    const closers = createClosers()
    const log = () => {}
    const config = { ...all.program.config, modelDir: await temporaryFolder() }
    await runRefresh({ config, closers, log }, {})
    await closers.closeAll(log)
    const last = await createRefreshes(open(url)).last()
    expect(last).toMatchObject({ state: 'promoted' })
  })

  it('imports at once keep their temporary tables apart, and leave none', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'indiescout-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const lists = await Promise.all(
      ['440', '570', '730'].map(async (appid) => {
        const file = path.join(folder, `${appid}.txt`)
        await writeFile(file, `${appid}\n`)
        return file
      }),
    )
    const db = open(url)
    const summaries = await Promise.all(lists.map((list) => importBlocklist(db, [list])))
    expect(summaries.flat().map(({ added }) => added)).toEqual([1, 1, 1])
    const { rows } = await sql`select relname from pg_class where relpersistence = 't'`.execute(db)
    expect(rows).toEqual([])
  })

  it('migrations and queues of processes that start together do not collide', async () => {
    const name = `${mode}_together`
    await postgres.create(name)
    const dbs = [1, 2, 3].map(() => open(bouncer.url(name)))
    const applied = await Promise.all(dbs.map(migrate))
    expect(new Set(applied.flat()).size).toBe(applied.flat().length)
    const queues = await Promise.all(dbs.map((db) => startQueue(db, () => {})))
    for (const queue of queues) await queue.stop()
    const { rows } = await sql`select pid from pg_locks where locktype = 'advisory'`.execute(
      dbs[0] ?? open(url),
    )
    expect(rows).toEqual([])
  })
})

it('a pooler that gives each statement another session is named', async () => {
  const bouncer = await startPgBouncer(postgres, 'statement')
  onTestFinished(() => bouncer.stop())
  await postgres.create('statement')
  await expect(migrate(open(bouncer.url('statement')))).rejects.toThrow(/transaction/)
})

it('a parameter that pgbouncer refuses is named', async () => {
  const bouncer = await startPgBouncer(postgres, 'transaction')
  onTestFinished(() => bouncer.stop())
  const refused = sql`select 1`.execute(open(`${bouncer.url('postgres')}?statement_timeout=5000`))
  await expect(refused).rejects.toThrow(
    /^the database at 127\.0\.0\.1:\d+ refuses: its pooler takes no parameter statement_timeout; take it out/,
  )
})

function open(url: string) {
  const db = connect(url, () => {})
  onTestFinished(() => db.destroy())
  return db
}
