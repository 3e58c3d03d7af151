import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { PATIENCE_MS } from '../patience.ts'

/** A server of Debian's on the loopback, for as long as a test needs it. */
export type DebianServer = { readonly pid: number; stop(): Promise<void> }

type Options = Pick<SpawnOptions, 'uid' | 'gid' | 'cwd'> & {
  /** Ends it at once, whoever is connected. */
  readonly stopSignal?: NodeJS.Signals
}

const STOP_MS = 5_000

/** Starts it and waits until it listens. Throws with what it said where it ends before that. */
export async function startDebianServer(
  command: string,
  args: readonly string[],
  port: number,
  { stopSignal = 'SIGTERM', ...options }: Options = {},
): Promise<DebianServer> {
  // Debian keeps some of them where only root's path leads.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
  const child = spawn(command, args, { ...options, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said = (said + data).slice(-4_000)
    })
  const ended = Promise.race([
    once(child, 'exit').then(([code, signal]) => `ended with ${code ?? signal}`),
    once(child, 'error').then(([error]) => (error as Error).message),
  ])
  const stop = async () => {
    child.kill(stopSignal)
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    await ended
    clearTimeout(insist)
  }
  const started = new AbortController()
  const problem = await Promise.race([listening(port, started.signal), ended])
  started.abort()
  if (problem === undefined && child.pid !== undefined) return { pid: child.pid, stop }
  await stop()
  throw new Error(`${command} ${problem}:\n${said}`)
}

/** Undefined as soon as somebody listens there, or what is wrong. */
async function listening(port: number, signal: AbortSignal): Promise<string | undefined> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until && !signal.aborted) {
    if (await accepts(port)) return undefined
    await pause(50)
  }
  return `did not listen on ${port}`
}

function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return Promise.race([once(socket, 'connect'), once(socket, 'close')])
    .then(
      () => socket.readyState === 'open',
      () => false,
    )
    .finally(() => socket.destroy())
}

/** Ports that nobody has just now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = servers.map(async (server) => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    if (typeof address !== 'object' || !address) throw new Error('no port')
    return address.port
  })
  const found = await Promise.all(ports)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return found
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1)
  return port
}
