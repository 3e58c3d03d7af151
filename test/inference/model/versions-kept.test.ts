import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { discardCandidates } from '../../../inference/model/candidates.ts'
import { identityOf } from '../../../inference/model/manifest.ts'
import { readManifest, verify, versionFolder, versions } from '../../../inference/model/model-files.ts'
import { publishFolder, publishVersion, stageVersion } from '../../../inference/model/publish.ts'
import { finishRollbacks, rollBack } from '../../../inference/model/rollback.ts'
import { IN_USE_MS, prune } from '../../../inference/model/versions-kept.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { appids, publicationOf, publishModel, smallModel } from '../../support/inference/model.ts'
import { startTestWorker } from '../../support/inference/worker.ts'

async function modelsOf(...seeds: number[]): Promise<string> {
  const modelDir = await temporaryFolder()
  for (const seed of seeds) await publishModel(modelDir, smallModel(appids(20), seed))
  return modelDir
}

const entries = (modelDir: string) => readdir(path.join(modelDir, 'ease'))
const later = () => Date.now() + IN_USE_MS + 1

describe('of the versions', () => {
  it('the newest stay, and the others go once nobody can be using them', async () => {
    const modelDir = await modelsOf(1, 2, 3, 4)
    expect(await prune(modelDir, 2)).toEqual([])
    expect(await versions(modelDir)).toEqual([1, 2, 3, 4])
    expect(await prune(modelDir, 2, { now: later() })).toEqual([1, 2])
    expect(await entries(modelDir)).toEqual(['3', '4', 'config.pbtxt'])
    expect(await prune(modelDir, 2, { now: later() })).toEqual([])
  })

  it('all stay where there are fewer', async () => {
    const modelDir = await modelsOf(1, 2)
    expect(await prune(modelDir, 5, { now: later() })).toEqual([])
    expect(await versions(modelDir)).toEqual([1, 2])
  })

  it('the one that is going is served to the end by a worker that holds it', async () => {
    const modelDir = await modelsOf(1, 2)
    const { url } = await startTestWorker(modelDir)
    await rollBack(modelDir)
    await prune(modelDir, 1, { now: later() })
    const answer = await fetch(`${url}/v2/models/ease/ready`)
    expect(answer.status).toBe(200)
  })
})

describe('a candidate', () => {
  it('is seen by nobody until it is unveiled, and then is the newest', async () => {
    const modelDir = await modelsOf(1)
    const { url, lines } = await startTestWorker(modelDir)
    const folder = await stageVersion(publicationOf(modelDir, smallModel(appids(20), 2)), '.candidate-x')
    expect(await versions(modelDir)).toEqual([1])
    expect(await publishVersion(folder, modelDir)).toBe(2)
    await verify(versionFolder(modelDir, 2))
    const told = async () => (await fetch(`${url}/v2/models/ease`)).text()
    await expect.poll(told).toContain('"versions":["1","2"]')
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([])
  })

  it('that was left behind goes, and nothing else does', async () => {
    const modelDir = await modelsOf(1)
    await stageVersion(publicationOf(modelDir, smallModel(appids(20), 2)), '.candidate-x')
    expect(await discardCandidates(modelDir)).toBe(1)
    expect(await entries(modelDir)).toEqual(['1', 'config.pbtxt'])
    expect(await discardCandidates(await temporaryFolder())).toBe(0)
  })
})

describe('a rollback', () => {
  it('makes the version before the newest again, and takes the newest out of sight', async () => {
    const modelDir = await modelsOf(1, 2)
    const newest = await readManifest(versionFolder(modelDir, 2))
    expect(await rollBack(modelDir)).toEqual({ from: 2, to: 1, version: 3, identity: identityOf(newest) })
    expect(await versions(modelDir)).toEqual([1, 3])
    const [old, back] = await Promise.all([1, 3].map((one) => verify(versionFolder(modelDir, one))))
    expect(back?.sha256).toEqual(old?.sha256)
    expect(back?.rollback).toMatchObject({ to: 1, from: 2 })
  })

  it('shares the weights of the version that it brings back, and outlives it', async () => {
    const modelDir = await modelsOf(1, 2)
    await rollBack(modelDir)
    const inode = async (version: number) =>
      (await stat(path.join(versionFolder(modelDir, version), 'weights.bin'))).ino
    expect(await inode(3)).toBe(await inode(1))
    await rm(versionFolder(modelDir, 1), { recursive: true })
    await verify(versionFolder(modelDir, 3))
  })

  it('after another goes back one further', async () => {
    const modelDir = await modelsOf(1, 2, 3)
    expect(await rollBack(modelDir)).toMatchObject({ to: 2, version: 4 })
    expect(await rollBack(modelDir)).toMatchObject({ to: 1, version: 5 })
    // Version 2 is the model that the second rollback took out, under its older number.
    expect(await versions(modelDir)).toEqual([1, 5])
    await expect(rollBack(modelDir)).rejects.toThrow('no model before version 5')
  })

  it('brings back nothing that is damaged', async () => {
    const modelDir = await modelsOf(1, 2)
    await rm(path.join(versionFolder(modelDir, 1), 'vocabulary.json'))
    await expect(rollBack(modelDir)).rejects.toThrow('vocabulary.json is missing')
    expect(await versions(modelDir)).toEqual([1, 2])
  })

  it('that was cut off after its first half is finished by whoever comes next', async () => {
    const modelDir = await modelsOf(1, 2)
    const [manifest, bad] = await Promise.all([1, 2].map((one) => readManifest(versionFolder(modelDir, one))))
    const rollback = { to: 1, from: 2, weights: bad?.sha256['weights.bin'] }
    await publishFolder(modelDir, (aside) =>
      writeFile(path.join(aside, 'manifest.json'), JSON.stringify({ ...manifest, rollback })),
    )
    expect(await versions(modelDir)).toEqual([1, 2, 3])
    await finishRollbacks(modelDir)
    expect(await versions(modelDir)).toEqual([1, 3])
  })

  it('leaves the files of what it took out for a while', async () => {
    const modelDir = await modelsOf(1, 2)
    await rollBack(modelDir)
    expect((await entries(modelDir)).filter((name) => name.startsWith('.withdrawn-2-'))).toHaveLength(1)
    await prune(modelDir, 5, { now: later() })
    expect(await entries(modelDir)).toEqual(['1', '3', 'config.pbtxt'])
  })
})
