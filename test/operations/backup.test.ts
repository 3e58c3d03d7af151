import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startQueue } from '../../db/digest/queue.ts'
import { importBlocklist } from '../../db/import/blocklist.ts'
import { connect } from '../../db/postgres/connect.ts'
import { migrate } from '../../db/postgres/migrate.ts'
import {
  type DebianPostgres,
  debianProgram,
  PASSWORD,
  startDebianPostgres,
} from '../support/debian/postgres.ts'
import { temporaryFolder } from '../support/folder.ts'
import { onServer, withDatabase } from '../support/postgres/server.ts'

const execute = promisify(execFile)
const PAGE = path.resolve(import.meta.dirname, '../../docs/operating.md')

let postgres: DebianPostgres
let bin: string
let commands: readonly string[]

beforeAll(async () => {
  postgres = await startDebianPostgres()
  await onServer(postgres.url, `create role other login password '${PASSWORD}'`)
  bin = path.dirname(await debianProgram('pg_dump'))
  commands = (await readFile(PAGE, 'utf8'))
    .split('\n')
    .filter((line) => /^(pg_dump|psql|pg_restore) /.test(line))
  expect(commands.map((command) => command.split(' ')[0])).toEqual(['pg_dump', 'psql', 'pg_restore'])
})
afterAll(() => postgres.stop())

/** As an operator types it. Rejects unless it ends with 0. */
async function run(command: string | undefined, url: string, folder: string): Promise<void> {
  const env = { PATH: `${bin}:${process.env.PATH}`, DATABASE_URL: url }
  await execute('sh', ['-c', command ?? 'false'], { env, cwd: folder })
}

function open(url: string) {
  const db = connect(url, () => {})
  onTestFinished(() => db.destroy())
  return db
}

const blocked = async (url: string) =>
  (await open(url).selectFrom('warehouse.blocked_game').select('appid').orderBy('appid').execute()).map(
    ({ appid }) => appid,
  )

/** As the program leaves it: with pg-boss's partitions. */
async function used(url: string, games: readonly number[]): Promise<void> {
  const db = open(url)
  await migrate(db)
  await (await startQueue(db, () => {})).stop()
  await db
    .insertInto('warehouse.blocked_game')
    .values(games.map((appid) => ({ appid })))
    .execute()
}

const asOther = (url: string) => url.replace('//scout:', '//other:')

it.each([
  ['an empty database', (name: string) => postgres.create(name)],
  [
    'an existing one',
    async (name: string) => {
      const url = await postgres.create(name)
      await used(url, [570])
      await onServer(url, 'create table warehouse.of_a_later_release (n integer)')
      return url
    },
  ],
  [
    'an empty database of another role',
    async (name: string) => asOther(await postgres.create(name, { owner: 'other' })),
  ],
  [
    'an existing one of another role, whose extension is the superuser’s',
    async (name: string) => {
      const url = await postgres.create(name, { owner: 'other' })
      await onServer(withDatabase(postgres.url, name), 'create extension pg_trgm')
      await used(asOther(url), [570])
      return asOther(url)
    },
  ],
])('a backup is restored into %s, by the documented commands', async (kind, make) => {
  const name = kind.replaceAll(/[^a-z]+/g, '_')
  const folder = await temporaryFolder()
  const [dump, clear, restore] = commands
  const from = await postgres.create(`from_${name}`.slice(0, 60))
  await used(from, [440, 730])
  await run(dump, from, folder)
  const to = await make(`to_${name}`.slice(0, 60))
  await run(clear, to, folder)
  await run(restore, to, folder)
  expect(await blocked(to)).toEqual([440, 730])
  const db = open(to)
  expect(await migrate(db)).toEqual([])
  await (await startQueue(db, () => {})).stop()
  await importBlocklist(db, [await list(folder, 10)])
  expect(await blocked(to)).toEqual([10, 440, 730])
})

async function list(folder: string, appid: number): Promise<string> {
  const file = path.join(folder, 'list.txt')
  await writeFile(file, `${appid}\n`)
  return file
}
