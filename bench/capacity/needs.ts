import { memoryNeeded, memoryNeededForGiven } from '../../inference/training/memory.ts'
import { ASSUMED, KEPT, LIMITS, type Size } from './assumptions.ts'
import type { Figures } from './figures.ts'

const DAY = 86_400

export type Needs = ReturnType<typeof needsOf>

/** What so many players need. Cores are of the machine that was measured. */
export function needsOf(players: Size, { load, gram }: Figures) {
  const askedPerDay = players * ASSUMED.askedPerDay
  const peakPerSecond = (askedPerDay / DAY) * ASSUMED.peak
  // The first that kept a rate: what is measured while most commands fail is no cost of a command.
  const cost = load.found.find(({ name, sustained }) => name.includes('worker') && sustained)?.cost
  if (!cost) throw new Error('no bot kept any rate under the load bench: run it on a quiet machine')
  const cores = (milliseconds: number) => (peakPerSecond * milliseconds) / 1000 / ASSUMED.busy
  const servers = Math.ceil(players / ASSUMED.playersPerServer)
  const shards = Math.ceil(servers / LIMITS.serversPerShard)
  const games = ASSUMED.games[players]
  return {
    ...{ players, askedPerDay, peakPerSecond, servers, shards, games },
    steamKeys: Math.ceil(askedPerDay / LIMITS.steamCallsPerDay),
    /** A process computes on one core, and has one shard at least. */
    bots: Math.max(1, Math.ceil(cores(cost.bots))),
    cores: { bots: cores(cost.bots), workers: cores(cost.workers), database: cores(cost.database) },
    shardsStartSeconds: shards * LIMITS.secondsPerIdentify,
    /** If every server had one, and all of them for the same minute. */
    digestsSeconds: servers / LIMITS.discordPerSecond,
    databaseBytes: databaseBytes(players, askedPerDay, { load, gram }),
    training: trainingOf(players, games, gram),
    /** B, mapped by every worker. */
    modelBytes: 4 * games * games,
  }
}

function databaseBytes(players: number, askedPerDay: number, { load, gram }: Figures) {
  const bytes = (table: string) => load.rowBytes[table] ?? 0
  const pairs = (gram.pairs / gram.players) * players * ASSUMED.trained
  return {
    interactions: pairs * bytes('warehouse.interaction'),
    answers: askedPerDay * KEPT.answers * bytes('lake.recommendation'),
    snapshots: players * bytes('lake.library_snapshot'),
    commands: askedPerDay * KEPT.commands * bytes('lake.command'),
  }
}

/** What the built-in path holds of a pair: appid, minutes and offsets, rows beside them, and the same by game. */
const BYTES_PER_PAIR = 8 + 8 + 2 + 8

function trainingOf(players: number, games: number, gram: Figures['gram']) {
  const increments = gram.incrementsPerPlayer * players * ASSUMED.trained
  const pairBytes = (gram.pairs / gram.players) * players * ASSUMED.trained * BYTES_PER_PAIR
  return {
    /** Of one processor. */
    gramSeconds: {
      builtIn: increments / gram.builtInPerCpuSecond,
      postgresql: increments / gram.postgresqlPerCpuSecond,
      duckdb: increments / gram.duckdbPerCpuSecond,
    },
    /** Of one processor; the solver does about n³ operations. */
    solveSeconds: gram.cpuSeconds.solve * (games / gram.games) ** 3,
    bytes: { builtIn: memoryNeeded(games) + pairBytes, given: memoryNeededForGiven(games) },
  }
}
