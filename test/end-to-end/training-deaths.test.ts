import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { verify, versionFolder, versions } from '../../inference/model/model-files.ts'
import { temporaryFolder } from '../support/folder.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'

/** Enough games for a solve and a publication that a kill can hit. */
const GAMES = 2_400
const { db, url } = await testDatabaseAt()

/** Players whose libraries, together, hold every game. */
async function storePlayers(): Promise<void> {
  await sql`
    with player as (
      insert into warehouse.player (source, key, synthetic)
      select 'test', p::text, true from generate_series(1, 400) p returning id, key::int as p
    )
    insert into warehouse.interaction (player_id, appid, minutes)
    select distinct on (id, appid) id, 1 + (p * 8 + k * k) % ${sql.lit(GAMES)} as appid, k
    from player, generate_series(0, 40) k
  `.execute(db)
}

/** `npm run train`, as a process of its own. */
function startTraining(modelDir: string): ChildProcess {
  const settings = { DATABASE_URL: url, MODEL_DIR: modelDir, INFERENCE_PROVIDER: 'cpu' }
  return spawn(process.execPath, ['bot/cli.ts', 'train', '--min-players', '1'], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

async function train(modelDir: string): Promise<void> {
  const child = startTraining(modelDir)
  child.stderr?.resume()
  expect(await once(child, 'exit')).toEqual([0, null])
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  expect(await gone).toEqual([null, 'SIGKILL'])
}

async function killInSolve(modelDir: string): Promise<void> {
  const child = startTraining(modelDir)
  for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
    if (line.includes('"solve in float32 …"')) break
  }
  await kill(child)
}

/** What a publisher has written aside. */
async function asideIn(modelDir: string): Promise<string[]> {
  return (await readdir(path.join(modelDir, 'ease'))).filter((name) => name.startsWith('.tmp-'))
}

/** As soon as something is written aside. */
async function killInPublish(modelDir: string): Promise<void> {
  const watcher = watch(path.join(modelDir, 'ease'))
  const child = startTraining(modelDir)
  child.stderr?.resume()
  await once(watcher, 'change')
  watcher.close()
  await kill(child)
}

it('a training that is killed leaves whole versions only, and the next one succeeds', async () => {
  await storePlayers()
  const modelDir = await temporaryFolder()
  await train(modelDir)

  await killInSolve(modelDir)
  expect(await versions(modelDir)).toEqual([1])
  expect(await asideIn(modelDir)).toEqual([])

  await killInPublish(modelDir)
  expect(await versions(modelDir)).toEqual([1])
  expect(await asideIn(modelDir)).toHaveLength(1)

  await train(modelDir)
  expect(await versions(modelDir)).toEqual([1, 2])
  for (const version of [1, 2]) await verify(versionFolder(modelDir, version))
})
