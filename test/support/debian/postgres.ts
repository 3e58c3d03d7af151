import { execFile } from 'node:child_process'
import { chmod, chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Account, accountFor } from '../../../db/embedded/account.ts'
import { onServer, withDatabase } from '../postgres/server.ts'
import { freePort, startDebianServer } from './server.ts'

const execute = promisify(execFile)

/** PostgreSQL as Debian packages it, on a free port, with a superuser `postgres` and a role `scout`. */
export type DebianPostgres = {
  readonly port: number
  /** Of the superuser. */
  readonly url: string
  /** Makes a database and gives its address for that role. */
  create(name: string, options?: DatabaseOptions): Promise<string>
  /** Stops the whole server as SIGSTOP does, and lets it go on. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  stop(): Promise<void>
}

type DatabaseOptions = { readonly owner?: string; readonly with?: string }

export const PASSWORD = 'secret-of-the-scout'

const PROGRAMS = '/usr/lib/postgresql'

/** The newest of the installed versions' programs. */
export async function debianProgram(name: string): Promise<string> {
  const versions = (await readdir(PROGRAMS)).map(Number).sort((a, b) => b - a)
  return path.join(PROGRAMS, String(versions[0]), 'bin', name)
}

export async function startDebianPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<DebianPostgres> {
  const account = await ordinary()
  const folder = await folderFor(account)
  const data = path.join(folder, 'data')
  const port = await freePort()
  const passwordFile = path.join(folder, 'password')
  await writeFile(passwordFile, PASSWORD, { mode: 0o644 })
  const make = ['--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`, '--no-sync']
  await execute(await debianProgram('initdb'), [...make, '--locale=C.UTF-8', '--encoding=UTF8', data], {
    ...account,
    cwd: '/',
  })
  const all = { port: String(port), unix_socket_directories: folder, fsync: 'off', ...settings }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = await startDebianServer(await debianProgram('postgres'), ['-D', data, ...options], port, {
    ...account,
    cwd: '/',
    stopSignal: 'SIGQUIT',
  })
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`
  await ready(url)
  await onServer(url, `create role scout login password '${PASSWORD}'`)
  const signal = async (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of await family(server.pid)) signalIfThere(pid, name)
  }
  return {
    ...{ port, url, freeze: () => signal('SIGSTOP'), thaw: () => signal('SIGCONT') },
    async create(name, { owner = 'scout', with: how = '' } = {}) {
      await onServer(url, `create database ${name} owner ${owner} ${how}`)
      return withDatabase(url.replace('//postgres:', '//scout:'), name)
    },
    async stop() {
      await signal('SIGCONT')
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** pgbouncer before that server, on a free port. */
export async function startPgBouncer(
  { port: behind }: Pick<DebianPostgres, 'port'>,
  poolMode: 'session' | 'transaction' | 'statement',
): Promise<{ url(database: string): string; stop(): Promise<void> }> {
  const account = await ordinary()
  const folder = await folderFor(account)
  const port = await freePort()
  const users = path.join(folder, 'users.txt')
  await writeFile(users, `"scout" "${PASSWORD}"\n`)
  const config = path.join(folder, 'pgbouncer.ini')
  const lines = [
    '[databases]',
    `* = host=127.0.0.1 port=${behind}`,
    '[pgbouncer]',
    `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
    `auth_type = scram-sha-256\nauth_file = ${users}\npool_mode = ${poolMode}`,
  ]
  await writeFile(config, `${lines.join('\n')}\n`)
  const server = await startDebianServer('pgbouncer', ['--quiet', config], port, {
    ...account,
    cwd: '/',
    stopSignal: 'SIGKILL',
  })
  return {
    url: (database) => `postgres://scout:${PASSWORD}@127.0.0.1:${port}/${database}`,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Both refuse to run as root. */
async function ordinary(): Promise<Pick<Account, 'uid' | 'gid'> | Record<string, never>> {
  if (process.getuid?.() !== 0) return {}
  const { uid, gid } = await accountFor('/nonexistent')
  return { uid, gid }
}

async function folderFor({ uid, gid }: { uid?: number; gid?: number }): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'indiescout-debian-'))
  await chmod(folder, 0o755)
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid)
  return folder
}

/** It listens before it lets anybody in. */
async function ready(url: string): Promise<void> {
  for (;;) {
    const failed = await onServer(url, 'select 1').catch((error: { code?: string }) => error)
    if (failed === undefined) return
    if (failed.code !== '57P03') throw failed
    await pause(50)
  }
}

/** A process and all that come of it, the parent first. */
async function family(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  const children = text.split(' ').filter(Boolean).map(Number)
  return [pid, ...(await Promise.all(children.map(family))).flat()]
}

function signalIfThere(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
