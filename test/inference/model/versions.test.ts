import { cp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOutdated, versionFolder } from '../../../inference/model/model-files.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { post, question } from '../../support/inference/infer.ts'
import { appids, publishModel, smallModel } from '../../support/inference/model.ts'
import { startTestWorker } from '../../support/inference/worker.ts'
import { eventually } from '../../support/waiting.ts'

const GAMES = 40

async function versionsOf(url: string): Promise<string[]> {
  const { versions } = (await (await fetch(`${url}/v2/models/ease`)).json()) as { versions: string[] }
  return versions
}

async function answeringVersion(url: string): Promise<string> {
  const response = await post(`${url}/v2/models/ease/infer`, { inputs: question(GAMES) })
  expect(response.status).toBe(200)
  return ((await response.json()) as { model_version: string }).model_version
}

describe('a newer version', () => {
  it('takes over under load, and no request is dropped', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir)
    const { url } = await startTestWorker(modelDir)
    const seen = new Set<string>()
    const client = async () => {
      while (!seen.has('4')) seen.add(await answeringVersion(url))
    }
    const clients = Promise.all(Array.from({ length: 8 }, client))
    for (const version of [2, 3, 4]) {
      await publishModel(modelDir, smallModel(appids(GAMES), version))
      await eventually(async () => expect(await versionsOf(url)).toContain(String(version)))
    }
    await clients
    expect(seen.has('1')).toBe(true)
  })

  it('is picked up at once when the worker is told to look', async () => {
    const modelDir = await temporaryFolder()
    const { url } = await startTestWorker(modelDir, { pollMs: 3_600_000 })
    expect((await post(`${url}/v2/repository/models/ease/load`, {})).status).toBe(503)
    await publishModel(modelDir)
    expect((await post(`${url}/v2/repository/models/ease/load`, {})).status).toBe(200)
    expect(await answeringVersion(url)).toBe('1')
  })

  it('leaves the version before it loaded for a while, for clients with its vocabulary', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, smallModel(appids(30)))
    const { url } = await startTestWorker(modelDir, { graceMs: 3_600_000 })
    await publishModel(modelDir)
    await eventually(async () => expect(await versionsOf(url)).toEqual(['1', '2']))
    const old = await post(`${url}/v2/models/ease/versions/1/infer`, { inputs: question(30) })
    expect(old.status).toBe(200)
  })

  it('lets the version before it go when its time is over', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir)
    const { url } = await startTestWorker(modelDir, { graceMs: 0 })
    await publishModel(modelDir)
    await eventually(async () => expect(await versionsOf(url)).toEqual(['2']))
    const old = await post(`${url}/v2/models/ease/versions/1/infer`, { inputs: question(GAMES) })
    expect(old.status).toBe(404)
  })
})

describe('a damaged version', () => {
  const damages: readonly [string, (folder: string) => Promise<unknown>, string][] = [
    ['truncated', (folder) => truncate(path.join(folder, 'weights.bin'), 400), 'weights.bin does not match'],
    ['without its model', (folder) => rm(path.join(folder, 'model.onnx')), 'model.onnx is missing'],
    ['without a manifest', (folder) => rm(path.join(folder, 'manifest.json')), 'manifest.json is missing'],
  ]
  it.each(damages)(
    'that is %s is refused in one line, and the one before goes on',
    async (_, damage, why) => {
      const modelDir = await temporaryFolder()
      await publishModel(modelDir)
      const aside = await temporaryFolder()
      await publishModel(aside, smallModel(appids(GAMES), 2))
      await damage(versionFolder(aside, 1))
      const { url, lines } = await startTestWorker(modelDir)
      await rename(versionFolder(aside, 1), versionFolder(modelDir, 2))
      const refusals = () => lines.filter(({ message }) => message === 'rejected model version 2')
      await eventually(() => expect(refusals()).toHaveLength(1))
      expect(refusals()[0]).toMatchObject({ level: 'warn', fields: { serving: 1 } })
      expect(refusals()[0]?.fields).toHaveProperty('why', expect.stringContaining(why))
      expect(await answeringVersion(url)).toBe('1')

      const told = await post(`${url}/v2/repository/models/ease/load`, {})
      expect(told.status).toBe(400)
      expect(((await told.json()) as { error: string }).error).toContain(`version 2: ${why}`)
    },
  )

  it('that an older release wrote is refused, and says what to do', async () => {
    const modelDir = await temporaryFolder()
    const folder = versionFolder(modelDir, await publishModel(modelDir))
    expect(await isOutdated(folder)).toBe(false)
    const manifest = path.join(folder, 'manifest.json')
    const written = JSON.parse(await readFile(manifest, 'utf8'))
    await writeFile(manifest, JSON.stringify({ ...written, format: 1 }))
    expect(await isOutdated(folder)).toBe(true)
    const { url } = await startTestWorker(modelDir)
    expect((await fetch(`${url}/v2/health/live`)).status).toBe(200)
    const { error } = (await (await fetch(`${url}/v2/health/ready`)).json()) as { error: string }
    expect(error).toContain(
      'version 1 was refused: manifest.json is of format 1 and this program reads 3: npm run train',
    )
    await publishModel(modelDir)
    await eventually(async () => expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200))
  })

  it('is passed over at the start, too', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir)
    await truncate(path.join(versionFolder(modelDir, await publishModel(modelDir)), 'weights.bin'), 0)
    expect(await answeringVersion((await startTestWorker(modelDir)).url)).toBe('1')
  })

  it('is why the worker is not ready when there is no other, until it is mended', async () => {
    const modelDir = await temporaryFolder()
    const folder = versionFolder(modelDir, await publishModel(modelDir))
    const whole = await temporaryFolder()
    await cp(folder, whole, { recursive: true })
    await rm(path.join(folder, 'weights.bin'))
    const { url } = await startTestWorker(modelDir)
    const response = await fetch(`${url}/v2/health/ready`)
    expect(response.status).toBe(503)
    expect(((await response.json()) as { error: string }).error).toBe(
      'no model can be served (version 1 was refused: weights.bin is missing)',
    )
    await cp(path.join(whole, 'weights.bin'), path.join(folder, 'weights.bin'))
    await eventually(async () => expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200))
  })

  it('that disappears gives way to what is left', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir)
    await publishModel(modelDir)
    const { url } = await startTestWorker(modelDir)
    expect(await answeringVersion(url)).toBe('2')
    await rm(versionFolder(modelDir, 2), { recursive: true })
    await eventually(async () => expect(await answeringVersion(url)).toBe('1'))
  })
})
