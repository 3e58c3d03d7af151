import { spawn } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { accountFor } from '../../../db/embedded/account.ts'
import { findBinaries, runs } from '../../../db/embedded/binaries.ts'
import { type Embedded, startEmbedded } from '../../../db/embedded/embedded.ts'
import { reachableBinaries } from '../../../db/embedded/reachable-binaries.ts'
import { cloneInto, openFolder, startProcess } from '../../support/postgres/embedded-process.ts'

async function start(dataDir: string): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, log: () => {} })
  onTestFinished(() => server.stop())
  return server
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query({ text: statement, rowMode: 'array' })).rows[0]?.[0]
  } finally {
    await client.end()
  }
}

const answers = (url: string) => ask(url, 'select 1')
const inCluster = (folder: string, ...names: string[]) => path.join(folder, 'postgres/cluster', ...names)

/** What a server leaves that had no time to tidy up. */
async function noteServer(folder: string, pid: number): Promise<void> {
  const data = inCluster(folder, 'data')
  const file = path.join(data, 'postmaster.pid')
  await writeFile(file, [pid, data, 0, 1, '', '127.0.0.1', '', 'ready'].join('\n'), { mode: 0o600 })
  const { uid, gid } = await stat(data)
  await chown(file, uid, gid)
}

describe('the embedded server', () => {
  it('speaks UTF-8 on loopback alone, behind a password that only its owner reads', async () => {
    const folder = await openFolder()
    const server = await start(folder)
    const { hostname, password } = new URL(server.url)
    expect(hostname).toBe('127.0.0.1')
    expect(await ask(server.url, 'show listen_addresses')).toBe('127.0.0.1')
    expect(await ask(server.url, 'show server_encoding')).toBe('UTF8')
    expect(await ask(server.url, `select lower('ÄРÉ')`)).toBe('äрé')
    expect(await readFile(inCluster(folder, 'password'), 'utf8')).toBe(password)
    expect((await stat(inCluster(folder, 'password'))).mode & 0o777).toBe(0o600)
    await expect(answers(server.url.replace(password, 'guessed'))).rejects.toThrow(/password/)
  })

  it('keeps its data from one start to the next, and stopping twice does no harm', async () => {
    const folder = await openFolder()
    const first = await start(folder)
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    await first.stop()
    await expect(answers(first.url)).rejects.toThrow(/ECONNREFUSED/)
    expect(await ask((await start(folder)).url, 'select answer from kept')).toBe(42)
  })

  it('is shared by two that start at once on an empty folder, and goes with the last of them', async () => {
    const folder = await openFolder()
    const [one, other] = await Promise.all([start(folder), start(folder)])
    expect(other.url).toBe(one.url)
    await one.stop()
    expect(await answers(other.url)).toBe(1)
    await other.stop()
    await expect(answers(other.url)).rejects.toThrow(/ECONNREFUSED/)
  })

  it('is not stopped under another process', async () => {
    const folder = await openFolder()
    const process = await startProcess({ dataDir: folder })
    const ours = await start(folder)
    expect(ours.url).toBe(process.url)
    await process.stop()
    expect(await answers(ours.url)).toBe(1)
  })

  it('is taken over from a process that was killed, and stopped by the next one', async () => {
    const folder = await openFolder()
    const process = await startProcess({ dataDir: folder })
    await ask(process.url, 'create table kept as select 42 as answer')
    await process.kill()
    const next = await start(folder)
    expect(next.url).toBe(process.url)
    expect(await ask(next.url, 'select answer from kept')).toBe(42)
    await next.stop()
    await expect(answers(next.url)).rejects.toThrow(/ECONNREFUSED/)
  })

  it('recovers when the server itself was killed', async () => {
    const folder = await openFolder()
    const first = await start(folder)
    await ask(first.url, 'create table kept as select 42 as answer')
    const pid = Number((await readFile(inCluster(folder, 'data/postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGKILL')
    expect(await ask((await start(folder)).url, 'select answer from kept')).toBe(42)
  })

  it('starts over a note of a process number that nobody has', async () => {
    const folder = await openFolder()
    await (await start(folder)).stop()
    await noteServer(folder, 2 ** 22 + 1)
    expect(await answers((await start(folder)).url)).toBe(1)
  })

  it('starts over a note of a process number that has passed to another program', async () => {
    const folder = await openFolder()
    await (await start(folder)).stop()
    const { uid } = await stat(inCluster(folder, 'data'))
    const other = spawn('sleep', ['60'], { uid })
    onTestFinished(() => void other.kill())
    await noteServer(folder, other.pid ?? 0)
    expect(await answers((await start(folder)).url)).toBe(1)
  })

  it('is not held up by a making that was interrupted', async () => {
    const folder = await openFolder()
    await mkdir(path.join(folder, 'postgres/cluster.halfdone/data/base'), { recursive: true })
    await writeFile(path.join(folder, 'postgres/cluster.halfdone/data/PG_VERSION'), '18\n')
    expect(await answers((await start(folder)).url)).toBe(1)
  })

  it('says in a sentence that data is of another major version', async () => {
    const folder = await openFolder()
    await (await start(folder)).stop()
    await writeFile(inCluster(folder, 'data/PG_VERSION'), '15\n')
    await expect(start(folder)).rejects.toThrow(/is of PostgreSQL 15, and this installation brings \d+: move/)
  })

  it('says that the folder is missing which a restored data folder names', async () => {
    const folder = await openFolder()
    const elsewhere = path.join(folder, 'elsewhere')
    await writeFile(path.join(folder, 'postgres.path'), `${elsewhere}\n`)
    await expect(start(folder)).rejects.toThrow(
      `postgres.path says that the database lies in ${elsewhere}, which is not there: restore that folder`,
    )
    expect(await readdir(folder)).toEqual(['postgres.path'])
  })

  it('says that its folder is a file', async () => {
    const file = path.join(await openFolder(), 'file')
    await writeFile(file, '')
    await expect(start(file)).rejects.toThrow(`${file} is no folder: set DATA_DIR to one`)
  })

  it('says what the server said when it cannot start', async () => {
    const folder = await openFolder()
    await (await start(folder)).stop()
    await writeFile(inCluster(folder, 'data/postgresql.conf'), 'no_such_setting = on\n')
    await expect(start(folder)).rejects.toThrow(/does not start: .*no_such_setting/)
  })
})

const isRoot = process.getuid?.() === 0
if (!isRoot) console.info('left out: the embedded server as root, since these tests run as an ordinary user')

describe.runIf(isRoot)('the embedded server, started by root', () => {
  let home: string
  let clone: { root: string; node: string }

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'indiescout-clone-'))
    clone = await cloneInto(home)
  })

  afterAll(() => rm(home, { recursive: true }))

  it('runs from a clone in a folder that is closed to all others', async () => {
    await chmod(home, 0o700)
    const dataDir = path.join(clone.root, '.data')
    const server = await startProcess({ ...clone, dataDir })
    expect(await answers(server.url)).toBe(1)
    await server.stop()
    const elsewhere = (await readFile(path.join(dataDir, 'postgres.path'), 'utf8')).trim()
    onTestFinished(() => rm(elsewhere, { recursive: true }))
    expect((await stat(elsewhere)).mode & 0o777).toBe(0o700)
    expect((await stat(elsewhere)).uid).not.toBe(0)
    const again = await startProcess({ ...clone, dataDir })
    expect(await answers(again.url)).toBe(1)
    await again.stop()
  })

  it('copies a closed installation to where its user can run it, once', async () => {
    const closed = await openFolder()
    const shared = await openFolder()
    const account = await accountFor(path.join(closed, 'nothing-yet'))
    const root = path.join(closed, 'native')
    await cp(findBinaries().root, root, { recursive: true, verbatimSymlinks: true })
    await chmod(closed, 0o700)
    const copies = await Promise.all([
      reachableBinaries({ root, version: '1' }, account, shared),
      reachableBinaries({ root, version: '1' }, account, shared),
    ])
    expect(copies.map((copy) => copy.root)).toEqual(Array(2).fill(path.join(shared, 'postgresql-1')))
    expect(await runs({ binaries: copies[0], account })).toBe(true)
    expect(await readdir(shared)).toEqual(['postgresql-1'])
  })

  it('runs for an ordinary user, whose data root may look after', async () => {
    await chmod(home, 0o755)
    const folder = await openFolder()
    const account = await accountFor(path.join(folder, 'nothing-yet'))
    const dataDir = path.join(folder, 'data')
    await mkdir(dataDir)
    await chmod(dataDir, 0o777)
    const theirs = await startProcess({ ...clone, dataDir, account })
    await ask(theirs.url, 'create table kept as select 42 as answer')
    await theirs.stop()
    expect((await stat(path.join(dataDir, 'postgres'))).uid).toBe(account.uid)
    expect(await ask((await start(dataDir)).url, 'select answer from kept')).toBe(42)
  })

  it('tells an ordinary user that the folder is root’s, and how to change that', async () => {
    await chmod(home, 0o755)
    const folder = await openFolder()
    const account = await accountFor('/nonexistent')
    for (const inner of ['', 'not/there/yet'])
      await expect(startProcess({ ...clone, dataDir: path.join(folder, inner), account })).rejects.toThrow(
        `no right to ${folder}, which belongs to user 0, for user ${account.uid}: sudo chown -R ${account.uid}`,
      )
    await mkdir(path.join(folder, 'postgres'))
    await expect(startProcess({ ...clone, dataDir: folder, account })).rejects.toThrow(/belongs to user 0/)
  })

  it('tells a user whom the machine does not know what PostgreSQL needs', async () => {
    await chmod(home, 0o755)
    const folder = await openFolder()
    await chown(folder, 54_321, 54_321)
    const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 }
    const said = /user 54321 has no entry in \/etc\/passwd: add one .*, or set DATABASE_URL/
    await expect(startProcess({ ...clone, dataDir: folder, account: stranger })).rejects.toThrow(said)
    // Root leaves data with its owner, and meets the same.
    await expect(start(folder)).rejects.toThrow(said)
  })

  it('tells another user whose folder it is', async () => {
    await chmod(home, 0o755)
    const folder = await openFolder()
    await start(folder)
    const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 }
    await expect(startProcess({ ...clone, dataDir: folder, account: stranger })).rejects.toThrow(
      /no right to .*start as that user, or set DATA_DIR/,
    )
  })
})
