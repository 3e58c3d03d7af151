import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { refresh } from '../../bot/jobs/refresh/refresh.ts'
import { rollBackNow } from '../../bot/jobs/refresh/roll-back.ts'
import { HELD_OUT_RULE } from '../../core/training/refresh.ts'
import { createConsents } from '../../db/people/consents.ts'
import { readManifest, verify, versionFolder, versions } from '../../inference/model/model-files.ts'
import { rollBack } from '../../inference/model/rollback.ts'
import { temporaryFolder } from '../support/folder.ts'
import { post, question } from '../support/inference/infer.ts'
import { publishModel } from '../support/inference/model.ts'
import { startTestWorker } from '../support/inference/worker.ts'
import {
  agreeing,
  forgetPlayers,
  learntOf,
  publishTrained,
  refreshParts,
  storePlayers,
  storeTastes,
} from '../support/jobs/refreshing.ts'
import { testDatabase } from '../support/postgres/database.ts'
import { eventually } from '../support/waiting.ts'

/** The loop on a real database, a real trainer and a real worker. */
const db = await testDatabase()
await storeTastes(db)

beforeEach(async () => {
  await forgetPlayers(db)
  await storePlayers(db, 240)
})

/** Bad on purpose: a candidate that knows the most popular games alone. */
const BAD = { minPlayers: 90 }

async function stage() {
  const modelDir = await temporaryFolder()
  await publishTrained(db, modelDir)
  return modelDir
}

const inFolder = (modelDir: string) => readdir(path.join(modelDir, 'ease'))

describe('a refresh', () => {
  it('learns from those who agreed and takes the place of the serving model, and no request is dropped', async () => {
    const modelDir = await stage()
    const { url } = await startTestWorker(modelDir)
    const seen = new Set<string>()
    let asking = true
    const client = async () => {
      while (asking) {
        const answer = await post(`${url}/v2/models/ease/infer`, { inputs: question(120) })
        expect(answer.status).toBe(200)
        seen.add(((await answer.json()) as { model_version: string }).model_version)
      }
    }
    const clients = Promise.all([client(), client(), client()])
    await agreeing(db, 60)
    const done = await refresh(refreshParts(db, modelDir))
    expect(done).toMatchObject({ state: 'promoted', served: 1, version: 2 })
    await eventually(() => expect(seen.has('2')).toBe(true))
    asking = false
    await clients
    expect([...seen].sort()).toEqual(['1', '2'])
    expect(await inFolder(modelDir)).toEqual(['1', '2', 'config.pbtxt'])
    const { options, metrics, counts } = await verify(versionFolder(modelDir, 2))
    expect(options.heldOut).toBe(HELD_OUT_RULE)
    expect(metrics?.ndcg100).toBeGreaterThan(0)
    const before = await readManifest(versionFolder(modelDir, 1))
    expect(counts.players).toBeGreaterThan((before.counts.players ?? 0) + 40)
  })

  it('keeps what it found: how good, on what, and how long it took', async () => {
    const modelDir = await stage()
    await agreeing(db, 30)
    const done = await refresh(refreshParts(db, modelDir))
    if (typeof done === 'string') throw new Error(done)
    const { findings } = done
    expect(findings.taken).toEqual({ players: 30, added: 900, removed: 0, gone: 0 })
    expect(findings.judges).toBeGreaterThan(5)
    expect(findings.before?.ndcg100).toBeGreaterThan(0.2)
    expect(findings.difference?.low).toBeLessThanOrEqual(findings.difference?.high ?? 0)
    expect(findings.data).toMatchObject({ games: 120, unknown: 0 })
    expect(findings.dataBefore).toBeUndefined()
    expect(findings.phases?.map(({ name }) => name)).toEqual(['take in', 'train', 'evaluate', 'promote'])
    await agreeing(db, 30, 3)
    const next = await refresh(refreshParts(db, modelDir))
    expect(next).toMatchObject({ findings: { dataBefore: findings.data } })
  })

  it('refuses a worse candidate, of which nothing is left but the row', async () => {
    const modelDir = await stage()
    await agreeing(db, 30)
    const done = await refresh(refreshParts(db, modelDir, BAD))
    expect(done).toMatchObject({ state: 'refused', served: 1, version: undefined })
    expect((done as { reason: string }).reason).toMatch(/NDCG@100 falls by 0\.\d+ .* more than chance/)
    expect(await inFolder(modelDir)).toEqual(['1', 'config.pbtxt'])
  })

  it('finds nothing new where nothing has changed', async () => {
    const modelDir = await stage()
    expect(await refresh(refreshParts(db, modelDir))).toMatchObject({ state: 'unchanged' })
    expect(await versions(modelDir)).toEqual([1])
  })

  it('makes the first model where there is none', async () => {
    const modelDir = await temporaryFolder()
    expect(await refresh(refreshParts(db, modelDir))).toMatchObject({ state: 'promoted', version: 1 })
  })

  it('measures no model by players whom it has seen', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir)
    const done = await refresh(refreshParts(db, modelDir))
    expect(done).toMatchObject({ state: 'refused', reason: expect.stringContaining('npm run train') })
  })

  it('forgets at once who takes the consent back, and the next model does without', async () => {
    const modelDir = await stage()
    const [first = ''] = await agreeing(db, 30)
    await refresh(refreshParts(db, modelDir))
    expect(await learntOf(db, first)).toHaveLength(30)
    await createConsents(db).set(`discord:${first.slice(-9)}`, 'training', undefined, false)
    expect(await learntOf(db, first)).toEqual([])
    const done = await refresh(refreshParts(db, modelDir))
    expect(done).toMatchObject({ findings: { taken: { players: 29, added: 0 } } })
  })

  it('says why it failed, keeps the serving model, and can be tried again', async () => {
    const modelDir = await stage()
    const parts = refreshParts(db, modelDir)
    const train = () => Promise.reject(new Error('the machine is out of memory'))
    expect(await refresh({ ...parts, train })).toMatchObject({
      ...{ state: 'failed', phase: 'train', reason: 'the machine is out of memory' },
    })
    expect(await versions(modelDir)).toEqual([1])
    expect(await refresh(parts)).toMatchObject({ state: 'unchanged' })
  })

  it('is one at a time', async () => {
    const modelDir = await stage()
    await agreeing(db, 30)
    const parts = () => refreshParts(db, modelDir)
    const both = await Promise.all([refresh(parts()), refresh(parts())])
    expect(both.filter((one) => one === 'busy')).toHaveLength(1)
    expect(await versions(modelDir)).toEqual([1, 2])
    const rows = await db.selectFrom('lake.refresh').select('state').execute()
    expect(rows).toEqual([{ state: 'promoted' }])
  })

  it('keeps so many versions, and deletes what nobody can be using', async () => {
    const modelDir = await stage()
    for (const seed of [2, 3, 4]) {
      await agreeing(db, 12, seed)
      await refresh({ ...refreshParts(db, modelDir), versionsKept: 2 })
    }
    // All are young enough to be in use.
    expect(await versions(modelDir)).toEqual([1, 2, 3, 4])
  })
})

describe('a rollback', () => {
  it('brings the version before back as the newest, and no request is dropped', async () => {
    const modelDir = await stage()
    await agreeing(db, 30)
    await refresh(refreshParts(db, modelDir))
    const { url } = await startTestWorker(modelDir)
    const answering = async () => {
      const answer = await post(`${url}/v2/models/ease/infer`, { inputs: question(120) })
      expect(answer.status).toBe(200)
      return ((await answer.json()) as { model_version: string }).model_version
    }
    expect(await answering()).toBe('2')
    const done = await rollBackNow(refreshParts(db, modelDir))
    expect(done).toMatchObject({ kind: 'rollback', state: 'rolled-back', served: 2, version: 3 })
    await eventually(async () => expect(await answering()).toBe('3'))
    expect(await versions(modelDir)).toEqual([1, 3])
    const [first, back] = await Promise.all([1, 3].map((one) => verify(versionFolder(modelDir, one))))
    expect(back?.sha256).toEqual(first?.sha256)
  })

  it('is for good: neither a restart nor a refresh brings the model back', async () => {
    const modelDir = await stage()
    await agreeing(db, 30)
    await refresh(refreshParts(db, modelDir))
    await rollBackNow(refreshParts(db, modelDir))
    const { url } = await startTestWorker(modelDir)
    const { versions: served } = (await (await fetch(`${url}/v2/models/ease`)).json()) as {
      versions: string[]
    }
    expect(served).toEqual(['3'])
    expect(await refresh(refreshParts(db, modelDir))).toMatchObject({
      ...{ state: 'refused', reason: 'it is a model that was rolled back' },
    })
  })

  it('says so where there is nothing to go back to', async () => {
    const modelDir = await stage()
    await expect(rollBackNow(refreshParts(db, modelDir))).rejects.toThrow('no model before version 1')
    await expect(rollBackNow(refreshParts(db, await temporaryFolder()))).rejects.toThrow('npm run train')
    expect(await versions(modelDir)).toEqual([1])
  })
})

it('a newest version that is damaged counts for nothing: the one that is served is what a candidate must hold up to', async () => {
  const modelDir = await stage()
  await publishTrained(db, modelDir)
  await rm(path.join(versionFolder(modelDir, 2), 'weights.bin'))
  await agreeing(db, 30)
  expect(await refresh(refreshParts(db, modelDir))).toMatchObject({
    state: 'promoted',
    served: 1,
    version: 3,
  })
})

it('a rollback that was killed between its halves is finished by the next run', async () => {
  const modelDir = await stage()
  await agreeing(db, 30)
  await refresh(refreshParts(db, modelDir))
  const parts = refreshParts(db, modelDir)
  const id = await parts.refreshes.begin('rollback', 2)
  await rollBack(modelDir)
  await refresh(parts)
  expect(await parts.refreshes.get(id)).toMatchObject({ state: 'rolled-back', version: 3 })
})
