import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../../db/embedded/embedded.ts'
import { connect, type Db } from '../../db/postgres/connect.ts'
import { readInteractions } from '../../db/training/interactions.ts'
import { startWorker, type Worker } from '../../inference/serving/spawn.ts'
import type { SteamGame } from '../../test/support/steam/steam-server.ts'
import { startBot } from './processes.ts'
import { childrenOf, cpuSeconds, parentOf, proportionalBytes } from './usage.ts'

const LIBRARIES = 2_000
/** A process of the bot remembers a library for minutes, so that each command is another player's. */
export const PLAYERS = 40_000

/** The parts that bots share: a database with a catalogue and players, a model, and workers. */
export async function openStage(given: string | undefined, workerCount: number) {
  const dataDir = given === undefined ? await temporary() : path.resolve(given)
  const modelDir = path.join(dataDir, 'models')
  const server = await startEmbedded({ dataDir, log: () => {} })
  const env = { DATABASE_URL: server.url, DATA_DIR: dataDir, INFERENCE_PROVIDER: 'cpu' }
  // Whatever is missing is loaded, migrated and trained by a first start.
  await (await startBot(env)).stop()
  const { libraries, postmaster } = await look(server.url)
  const workers: Worker[] = []
  // Theirs, and of this process alone.
  process.env.LOG_LEVEL = 'warn'
  for (let at = 0; at < workerCount; at++) {
    workers.push(await startWorker({ modelDir, provider: 'cpu', log: () => {} }))
  }
  return {
    ...{ env, libraries, workers },
    database: {
      cpuSeconds: () => sum([cpuSeconds(postmaster), ...childrenOf(postmaster).map(cpuSeconds)]),
      bytes: () => sum([postmaster, ...childrenOf(postmaster)].map(proportionalBytes)),
    },
    rowBytes: () => rowBytes(server.url),
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()))
      await server.stop()
      if (given === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

async function temporary(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'indiescout-bench-'))
  // As root the server runs as another user.
  await chmod(folder, 0o755)
  return folder
}

/** What one row of each table that grows takes, with its share of the indexes. */
async function rowBytes(url: string): Promise<Record<string, number>> {
  const db = connect(url, () => {})
  const sizes: Record<string, number> = {}
  for (const table of [
    'warehouse.interaction',
    'lake.recommendation',
    'lake.library_snapshot',
    'lake.command',
  ]) {
    const { rows } = await db.pool.query<{ bytes: number }>(
      `select pg_total_relation_size('${table}') / greatest(count(*), 1) as bytes from ${table}`,
    )
    sizes[table] = rows[0]?.bytes ?? 0
  }
  await db.destroy()
  return sizes
}

/** Libraries of players in the database, and the server's first process. */
async function look(url: string) {
  const db = connect(url, () => {})
  const { offsets, games, minutes } = await readInteractions(db)
  const postmaster = await postmasterOf(db)
  await db.destroy()
  const players = offsets.length - 1
  const libraries = Array.from({ length: Math.min(LIBRARIES, players) }, (_, place): SteamGame[] => {
    const player = (place * 7919) % players
    const from = offsets[player] ?? 0
    return Array.from(games.subarray(from, offsets[player + 1]), (appid, at) => ({
      ...{ appid, minutes: minutes[from + at] ?? 0, name: `Game ${appid}` },
    }))
  })
  return { libraries, postmaster }
}

/** The first process of a server on this machine. */
export async function postmasterOf(db: Db): Promise<number> {
  const { rows } = await db.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  return parentOf(rows[0]?.pid ?? 0) ?? 0
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

export function steamIdOf(number: number): string {
  return String(76561197960300000n + BigInt(number % PLAYERS))
}
