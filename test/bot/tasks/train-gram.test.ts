import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../bot/config/config.ts'
import { createClosers } from '../../../bot/context/closers.ts'
import { modelCheck } from '../../../bot/doctor/data.ts'
import type { TrainOptions } from '../../../bot/jobs/training/training.ts'
import { runCheck } from '../../../bot/platform/finding.ts'
import { runTrain } from '../../../bot/tasks/train.ts'
import { readManifest, verify, versionFolder } from '../../../inference/model/model-files.ts'
import { type Libraries, randomLibraries } from '../../support/builders/interactions.ts'
import { sqlOfPage } from '../../support/deploy/scaling-page.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { startDuckDb } from '../../support/inference/duckdb.ts'
import { testDatabaseAt } from '../../support/postgres/database.ts'

/** Training on a ready-made Gram matrix, counted by the SQL that the scaling page gives, beside training on the players. */
const { db, url } = await testDatabaseAt()
const libraries = randomLibraries(400, 150)
/** Those of players who are not held out of training. */
const learnt: Libraries[number][] = []

beforeAll(async () => {
  const heldOut = await storePlayers(libraries, false)
  learnt.push(...libraries.filter((_, at) => !heldOut[at]))
  // Retired by the real ones: no count may hold them.
  await storePlayers(randomLibraries(50, 150, 7), true)
})

/** Tells of each whether training leaves it out. */
async function storePlayers(libraries: Libraries, synthetic: boolean): Promise<boolean[]> {
  const players = libraries.map((_, at) => ({ source: 'test', key: `${synthetic} ${at}`, synthetic }))
  const ids = await db.insertInto('warehouse.player').values(players).returning(['id', 'held_out']).execute()
  const rows = libraries.flatMap((library, at) =>
    Object.entries(library).map(([appid, minutes]) => {
      return { player_id: ids[at]?.id ?? 0, appid: Number(appid), minutes }
    }),
  )
  await db.insertInto('warehouse.interaction').values(rows).execute()
  return ids.map((row) => row.held_out)
}

/** Trains as the command line does, and gives the folder of the version. */
async function train(options: TrainOptions) {
  const dataDir = await temporaryFolder()
  const config = readConfig({ DATA_DIR: dataDir, INFERENCE_PROVIDER: 'cpu', DATABASE_URL: url })
  const closers = createClosers()
  try {
    await runTrain({ config, log: () => {}, closers }, options)
  } finally {
    await closers.closeAll(() => {})
  }
  const folder = versionFolder(config.modelDir, 1)
  await verify(folder)
  return folder
}

const FILES = ['model.onnx', 'vocabulary.json', 'weights.bin']
const bytesOf = (folder: string) =>
  Promise.all(FILES.map((file) => readFile(path.join(folder, file), 'base64')))

async function weightsOf(folder: string): Promise<Float32Array> {
  const bytes = await readFile(path.join(folder, 'weights.bin'))
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}

/** What the warehouse's engine writes for such an SQL of the page. */
async function parquetOf(words: string): Promise<string> {
  const file = path.join(await temporaryFolder(), 'gram.parquet')
  const duck = await startDuckDb(learnt)
  await duck.writeParquet(sqlOfPage(words), file)
  duck.close()
  return file
}

const WAYS = [
  ['PostgreSQL', async (form: string) => sqlOfPage(`${form} postgresql`)],
  ['DuckDB and Parquet', (form: string) => parquetOf(`${form} warehouse`)],
] as const

describe.each(WAYS)('a Gram matrix counted by %s', (_, gramOf) => {
  it.each(['edlae', 'ease'] as const)('makes the same bytes as the players do, for %s', async (variant) => {
    const built = await train({ variant, minPlayers: 12 })
    const given = await train({ variant, minPlayers: 12, gram: await gramOf('plain') })
    expect(await bytesOf(given)).toEqual(await bytesOf(built))
    expect((await readManifest(given)).fingerprint).toBe((await readManifest(built)).fingerprint)
  })

  it('makes the same weights within 1e-5 where players are weighed', async () => {
    const built = await train({ variant: 'weighted' })
    const given = await train({ gram: await gramOf('weighted') })
    const [expected, found] = [await weightsOf(built), await weightsOf(given)]
    expect(found).toHaveLength(expected.length)
    expect(
      Math.max(...expected.map((value, at) => Math.abs(value - (found[at] ?? Number.NaN)))),
    ).toBeLessThan(1e-5)
    const vocabulary = (folder: string) => readFile(path.join(folder, 'vocabulary.json'), 'utf8')
    expect(await vocabulary(given)).toBe(await vocabulary(built))
    // Weighing makes another model: the equality above is no matter of course.
    const unweighed = await weightsOf(await train({ variant: 'edlae' }))
    expect(Math.max(...unweighed.map((value, at) => Math.abs(value - (found[at] ?? 0))))).toBeGreaterThan(
      1e-3,
    )
  })
})

it('says in the manifest what is known, and nothing that only players tell', async () => {
  const folder = await train({ variant: 'edlae', gram: sqlOfPage('plain postgresql') })
  const { counts, metrics, options } = await readManifest(folder)
  const { counts: built } = await readManifest(await train({ variant: 'edlae' }))
  expect(counts).toEqual({ games: built.games, targets: built.targets, pairs: built.pairs })
  expect(Object.keys(metrics ?? {})).toEqual(['residual'])
  expect(options).toMatchObject({ gram: 'the query', playerExponent: 0, minPlayers: 10 })
  expect(options).not.toHaveProperty('synthetic')
  const { detail } = await runCheck('model', modelCheck(path.resolve(folder, '../..')))
  expect(detail).toMatch(/ games, from a ready-made Gram matrix$/)
})

it.each<[string, TrainOptions, string]>([
  [
    'no weights where players are weighed',
    { gram: sqlOfPage('plain postgresql'), variant: 'weighted' },
    'no column weight',
  ],
  [
    'a matrix where labels are asked for',
    { gram: sqlOfPage('plain postgresql'), variant: 'default' },
    'knows games by their labels',
  ],
  [
    'weights where players are not weighed',
    { gram: sqlOfPage('weighted postgresql'), variant: 'ease' },
    'leave it out',
  ],
  [
    'weights for another vocabulary',
    { gram: sqlOfPage('weighted postgresql'), minPlayers: 30 },
    'only the games with at least --min-players players',
  ],
  [
    'a --min-players that nothing reaches',
    { gram: sqlOfPage('plain postgresql'), variant: 'edlae', minPlayers: 401 },
    'lower --min-players',
  ],
  ['neither a file nor a query', { gram: 'players' }, '--gram takes a file'],
  ['an address', { gram: 'https://example.org/gram.parquet' }, 'download it first'],
  ['a file that is not there', { gram: '/nowhere/gram.parquet' }, 'there is no file /nowhere/gram.parquet'],
])('refuses %s in one sentence, and publishes nothing', async (_, options, sentence) => {
  const refused = train(options)
  await expect(refused).rejects.toThrow(sentence)
  await expect(refused).rejects.not.toThrow('\n')
})
