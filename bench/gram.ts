import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { GramSource } from '../core/training/gram-source.ts'
import type { Interactions } from '../core/training/interactions.ts'
import { startEmbedded } from '../db/embedded/embedded.ts'
import { openParquet } from '../db/gram/parquet.ts'
import { withQuery } from '../db/gram/query.ts'
import { connect, type Db } from '../db/postgres/connect.ts'
import { readInteractions } from '../db/training/interactions.ts'
import { readGram } from '../inference/training/gram/given-gram.ts'
import { createPhases } from '../inference/training/phases.ts'
import { trainModel } from '../inference/training/train.ts'
import { trainOnGram } from '../inference/training/train-gram.ts'
import { VARIANTS } from '../inference/training/variants.ts'
import { sqlOfPage } from '../test/support/deploy/scaling-page.ts'
import { startDuckDb } from '../test/support/inference/duckdb.ts'
import { postmasterOf, sum } from './load/stage.ts'
import { childrenOf, cpuSeconds } from './load/usage.ts'

const HELP = `node bench/gram.ts --data DIR [--share N] [--only built-in|sql] [--save FILE]

What the Gram matrix costs: by \`npm run train\` on all players of the database under DIR; by PostgreSQL and by DuckDB on every Nth
of them (8), with the SQL of the scaling page. In seconds of one processor, which a busy machine changes least. All must come
to the same model.`

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    share: { type: 'string', default: '8' },
    only: { type: 'string' },
    save: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const share = Number(values.share)
const recipe = VARIANTS.edlae
const minPlayers = 10

if (values.help || values.data === undefined) console.log(HELP)
else await measure(values.data)
process.exit()

async function measure(dataDir: string): Promise<void> {
  const server = await startEmbedded({ dataDir: path.resolve(dataDir), log: () => {} })
  const db = connect(server.url, () => {})
  try {
    const all = await readInteractions(db)
    const found = {
      ...(values.only !== 'sql' && (await measureBuiltIn(all))),
      ...(values.only !== 'built-in' && (await measureSql(db, everyNth(all)))),
    }
    console.log(JSON.stringify(found, null, 2))
    if (values.save) await save(values.save, found)
  } finally {
    await db.destroy()
    await server.stop()
  }
}

/** Beside what the other half has found before. */
async function save(file: string, found: object): Promise<void> {
  const before: object = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {}
  await writeFile(file, `${JSON.stringify({ ...before, ...found }, null, 2)}\n`)
}

async function measureBuiltIn(all: Interactions) {
  const built = await builtIn(all)
  const players = all.offsets.length - 1
  return {
    machine: { cpu: cpus()[0]?.model, cores: availableParallelism() },
    ...{ players, pairs: all.games.length, games: built.games },
    incrementsPerPlayer: Math.round(incrementsOf(all) / players),
    cpuSeconds: built.cpuSeconds,
    builtInPerCpuSecond: Math.round(incrementsOf(all) / built.cpuSeconds.gram),
  }
}

async function measureSql(db: Db, some: Interactions) {
  const folder = await mkdtemp(path.join(tmpdir(), 'indiescout-gram-'))
  try {
    const { fingerprint: expected } = await builtIn(some)
    const postmaster = await postmasterOf(db)
    const ofPostgres = () => sum([postmaster, ...childrenOf(postmaster)].map(cpuSeconds))
    const sql = sqlOfPage('plain postgresql').replace('where not p.synthetic', `$& and p.id % ${share} = 0`)
    const postgresql = await costed(ofPostgres, () => withQuery(db, sql, take))
    const file = path.join(folder, 'gram.parquet')
    const duck = await startDuckDb()
    await duck.run(
      `create or replace table interaction as select * from read_csv('${await pairsOf(some, folder)}')`,
    )
    const duckdb = await costed(ownSeconds, () => duck.writeParquet(sqlOfPage('plain warehouse'), file))
    duck.close()
    const parquet = await costed(ownSeconds, async () => take(await openParquet(file)))
    for (const { gram } of [postgresql.result, parquet.result]) {
      const { fingerprint } = await trainOnGram({ gram, recipe, minPlayers })
      if (fingerprint !== expected) throw new Error('the Gram matrices differ')
    }
    const increments = incrementsOf(some)
    return {
      postgresqlPerCpuSecond: Math.round(increments / postgresql.seconds),
      duckdbPerCpuSecond: Math.round(increments / duckdb.seconds),
      parquetRowsPerCpuSecond: Math.round(parquet.result.rows / parquet.seconds),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function take(source: GramSource) {
  let rows = 0
  const onProgress = (count: number) => {
    rows = count
  }
  return { gram: await readGram(source, { minPlayers, phases: createPhases({}), onProgress }), rows }
}

async function builtIn(interactions: Interactions) {
  const seconds: Record<string, number> = {}
  let began = 0
  const { vocabulary, fingerprint } = await trainModel({
    ...{ interactions, recipe, minPlayers },
    onBegin: () => {
      began = ownSeconds()
    },
    onPhase: (phase) => {
      seconds[phase.name] = ownSeconds() - began
    },
  })
  const { gram = 0, 'solve in float32': solve = 0 } = seconds
  return { games: vocabulary.length, fingerprint, cpuSeconds: { gram, solve } }
}

/** What some work took on the processors that a clock is of. */
async function costed<T>(clock: () => number, work: () => Promise<T>) {
  const start = clock()
  const result = await work()
  return { result, seconds: clock() - start }
}

/** Of this process with all its threads. */
function ownSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** The players whose number the share divides. */
function everyNth({ offsets, games, minutes, players, ...rest }: Interactions): Interactions {
  const kept = [...players.keys()].filter((at) => (players[at] ?? 0) % share === 0)
  const range = (at: number) => [offsets[at] ?? 0, offsets[at + 1] ?? 0] as const
  const ends = new Uint32Array(kept.length + 1)
  for (const [at, player] of kept.entries())
    ends[at + 1] = (ends[at] ?? 0) + range(player)[1] - range(player)[0]
  const some = { games: new Int32Array(ends.at(-1) ?? 0), minutes: new Int32Array(ends.at(-1) ?? 0) }
  for (const [at, player] of kept.entries()) {
    some.games.set(games.subarray(...range(player)), ends[at])
    some.minutes.set(minutes.subarray(...range(player)), ends[at])
  }
  return { ...rest, ...some, offsets: ends, players: Int32Array.from(kept, (at) => players[at] ?? 0) }
}

/** How many numbers are added up for one triangle. */
function incrementsOf({ offsets }: Interactions): number {
  let sum = 0
  for (let at = 1; at < offsets.length; at++) sum += triangle((offsets[at] ?? 0) - (offsets[at - 1] ?? 0))
  return sum
}

function triangle(n: number): number {
  return (n * (n + 1)) / 2
}

async function pairsOf({ offsets, games }: Interactions, folder: string): Promise<string> {
  const lines = ['player_id,appid']
  for (let player = 0; player + 1 < offsets.length; player++) {
    for (const game of games.subarray(offsets[player], offsets[player + 1])) lines.push(`${player},${game}`)
  }
  const file = path.join(folder, 'pairs.csv')
  await writeFile(file, `${lines.join('\n')}\n`)
  return file
}
