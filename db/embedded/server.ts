import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { runProgram } from './binaries.ts'
import type { Cluster } from './cluster.ts'

/** Port 5432 belongs to others, and a socket file may be too long for its path: loopback alone, on a free port. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  log_checkpoints: 'off',
}

/** What the server itself has noted of its run, or undefined where it does not run. */
export async function readRunning({ data }: Cluster): Promise<{ pid: number; port: number } | undefined> {
  const noted = await readNoted(data)
  return noted && (await isPostgres(noted.pid)) ? noted : undefined
}

/** Detached, in a session of its own: it hears neither our Ctrl-C nor our end. */
export async function launch(cluster: Cluster): Promise<void> {
  await removeStalePid(cluster)
  const settings = Object.entries(SETTINGS).map(([name, value]) => `-c ${name}='${value}'`)
  const options = [`-p ${await freePort()}`, ...settings].join(' ')
  await runProgram(
    'pg_ctl',
    ['start', '-w', '-t', '60', '-D', cluster.data, '-l', logFile(cluster), '-o', options],
    cluster.home,
  )
}

/** Ends every session and waits until all is written. */
export async function shutDown({ data, home }: Cluster): Promise<void> {
  await runProgram('pg_ctl', ['stop', '-w', '-t', '60', '-m', 'fast', '-D', data], home)
}

/** The end of the server's own log, for an error that needs it. */
export async function lastWords(cluster: Cluster): Promise<string> {
  const text = await readFile(logFile(cluster), 'utf8').catch(() => '')
  return text.trim().split('\n').slice(-3).join(' / ')
}

function logFile({ home }: Cluster): string {
  return path.join(home.folder, 'server.log')
}

function pidFile(data: string): string {
  return path.join(data, 'postmaster.pid')
}

async function readNoted(data: string): Promise<{ pid: number; port: number } | undefined> {
  const lines = (await readFile(pidFile(data), 'utf8').catch(() => '')).split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 ? { pid, port } : undefined
}

/**
 * After a crash or in a restarted container the noted number may have passed to another program, which PostgreSQL would
 * take for a server that still runs. A number that nobody has it clears away itself.
 */
async function removeStalePid({ data }: Cluster): Promise<void> {
  const noted = await readNoted(data)
  if (noted && isAlive(noted.pid) && !(await isPostgres(noted.pid))) await rm(pidFile(data), { force: true })
}

/** Where the system does not show programs (macOS, Windows), a living number counts as the server. */
async function isPostgres(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  return command === undefined ? isAlive(pid) : path.basename(command.split('\0')[0] ?? '') === 'postgres'
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
