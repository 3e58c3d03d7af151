import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { errorFields, type Log } from '../../core/log.ts'
import { type Cluster, openCluster, USER } from './cluster.ts'
import { explainFolder } from './explain-folder.ts'
import { openHome } from './home.ts'
import { type Lease, takeLease } from './lease.ts'
import { lastWords, launch, readRunning, shutDown } from './server.ts'

export type Embedded = {
  /** Holds the password: for `connect` alone, never for a log. */
  readonly url: string
  /** Gives the server up, and stops it where no other process uses it. */
  stop(): Promise<void>
}

type EmbeddedOptions = {
  readonly dataDir: string
  readonly log: Log
  /** Gives the start up, as long as nothing is launched. */
  readonly signal?: AbortSignal
}

const READY_WITHIN_MS = 60_000
const POLL_MS = 100
const LAUNCHES = 5

/**
 * A PostgreSQL server of our own, with its files under `dataDir`. It is shared: a process that finds it running, started
 * by another one or left behind by one that was killed, uses it, and the last to stop stops it.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, log, signal } = options
  const cluster = await openFiles(path.resolve(dataDir), log, signal)
  const { url, lease } = await join(cluster, log, signal)
  let stopped: Promise<void> | undefined
  return {
    url,
    stop: () => {
      stopped ??= leave(cluster, lease, log)
      return stopped
    },
  }
}

async function openFiles(dataDir: string, log: Log, signal: AbortSignal | undefined): Promise<Cluster> {
  try {
    return await openCluster(await openHome(dataDir, log), signal)
  } catch (error) {
    throw await explainFolder(error, dataDir)
  }
}

/** Takes a lease on the running server, launching it where none runs. */
async function join(
  cluster: Cluster,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<{ url: string; lease: Lease }> {
  const deadline = Date.now() + READY_WITHIN_MS
  let launches = 0
  while (Date.now() < deadline) {
    const running = await readRunning(cluster)
    const url = `postgres://${USER}:${cluster.password}@127.0.0.1:${running?.port}/postgres`
    const lease = running && (await takeLease(url).catch(() => undefined))
    if (lease) return { url, lease }
    signal?.throwIfAborted()
    if (!running) await tryLaunch(cluster, ++launches, log)
    else await pause(POLL_MS)
  }
  throw new Error(`PostgreSQL in ${cluster.data} did not answer within a minute: ${await lastWords(cluster)}`)
}

/** Fails in passing where another process launches too, or a crashed server's last children are still dying. */
async function tryLaunch(cluster: Cluster, attempt: number, log: Log): Promise<void> {
  try {
    await launch(cluster)
    log('info', 'started PostgreSQL', { data: cluster.data })
  } catch (error) {
    if (attempt === LAUNCHES) {
      const why = `${errorFields(error).error}; its log ends: ${await lastWords(cluster)}`
      throw new Error(`PostgreSQL in ${cluster.data} does not start: ${why}`, { cause: error })
    }
    await pause(POLL_MS * attempt)
  }
}

async function leave(cluster: Cluster, lease: Lease, log: Log): Promise<void> {
  try {
    if (await lease.giveUpAsLast()) await shutDown(cluster)
  } catch (error) {
    log('warn', 'could not stop PostgreSQL; the next start will reuse it', errorFields(error))
  } finally {
    await lease.end()
  }
}
