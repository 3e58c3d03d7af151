import { execFileSync } from 'node:child_process'
import {
  access,
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORMAT } from '../../../inference/model/manifest.ts'
import {
  readManifest,
  readVocabulary,
  verify,
  versionFolder,
  versions,
} from '../../../inference/model/model-files.ts'
import { publish } from '../../../inference/model/publish.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { appids, INPUT_WEIGHTS, publishModel, smallModel } from '../../support/inference/model.ts'

const FILES = ['manifest.json', 'model.onnx', 'vocabulary.json', 'weights.bin']

describe('publishing', () => {
  it('makes a complete version with the layout of a Triton model repository', async () => {
    const modelDir = await temporaryFolder()
    expect(await publishModel(modelDir)).toBe(1)
    const folder = versionFolder(modelDir, 1)
    expect((await readdir(folder)).sort()).toEqual(FILES)
    expect(await readFile(path.join(modelDir, 'ease', 'config.pbtxt'), 'utf8')).toContain(
      'backend: "onnxruntime"',
    )
    expect(await verify(folder)).toMatchObject({ format: 3, fingerprint: 'a small model for tests' })
    const { owners } = smallModel()
    expect(await readVocabulary(folder)).toEqual({
      format: 3,
      games: appids(40),
      targets: appids(40),
      weights: INPUT_WEIGHTS,
      owners,
    })
  })

  it('gives the same bytes for the same model, but for the manifest', async () => {
    const modelDir = await temporaryFolder()
    const [first, second] = [await publishModel(modelDir), await publishModel(modelDir)]
    for (const file of FILES.slice(1)) {
      const [a, b] = [first, second].map((version) => path.join(versionFolder(modelDir, version), file))
      expect(await readFile(a ?? '')).toEqual(await readFile(b ?? ''))
    }
  })

  it('gives each of several publishers at once a version of its own', async () => {
    const modelDir = await temporaryFolder()
    const numbers = await Promise.all(Array.from({ length: 5 }, () => publishModel(modelDir)))
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5])
    for (const version of numbers) await verify(versionFolder(modelDir, version))
    expect((await readdir(path.join(modelDir, 'ease'))).sort()).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      'config.pbtxt',
    ])
  })

  it('shows nothing of a publisher that was killed, and cleans up after it later', async () => {
    const modelDir = await temporaryFolder()
    const [dead, busy] = ['.tmp-dead', '.tmp-busy'].map((name) => path.join(modelDir, 'ease', name))
    for (const folder of [dead, busy]) {
      await mkdir(folder ?? '', { recursive: true })
      await writeFile(path.join(folder ?? '', 'weights.bin'), 'half')
    }
    await utimes(dead ?? '', 0, 0)
    expect(await versions(modelDir)).toEqual([])
    expect(await publishModel(modelDir)).toBe(1)
    await expect(access(dead ?? '')).rejects.toThrow('ENOENT')
    await access(busy ?? '')
  })

  it('refuses weights that do not fit the games, and writes nothing', async () => {
    const modelDir = await temporaryFolder()
    const publication = {
      modelDir,
      games: appids(3),
      targets: appids(2),
      weights: new Float32Array(5),
      owners: [1, 1, 1],
      inputWeights: INPUT_WEIGHTS,
      manifest: { fingerprint: '', options: {}, counts: {}, timings: {} },
    }
    await expect(publish(publication)).rejects.toThrow(
      'a model of 3 games and 2 targets needs 6 weights, not 5',
    )
    const short = { ...publication, weights: new Float32Array(6), owners: [1, 1] }
    const none = { ...publication, weights: new Float32Array(0), targets: [] }
    await expect(publish(none)).rejects.toThrow('without games')
    await expect(publish(short)).rejects.toThrow('a model of 3 games needs 3 owners, not 2')
    expect(await readdir(modelDir)).toEqual([])
  })
})

describe('versions', () => {
  it('are none where there is no folder', async () => {
    expect(await versions(path.join(await temporaryFolder(), 'nowhere'))).toEqual([])
  })

  it('are ordered as numbers, and nothing else counts', async () => {
    const modelDir = await temporaryFolder()
    for (const name of ['10', '9', '007', 'x', '.tmp-1', '2.bak']) {
      await mkdir(path.join(modelDir, 'ease', name), { recursive: true })
    }
    expect(await versions(modelDir)).toEqual([9, 10])
  })
})

describe('a damaged version', () => {
  const damages: readonly [string, (folder: string) => Promise<unknown>, string][] = [
    ['cut weights', (f) => truncate(path.join(f, 'weights.bin'), 100), 'weights.bin does not match'],
    ['longer weights', (f) => appendFile(path.join(f, 'weights.bin'), 'x'), 'weights.bin does not match'],
    ['no model', (f) => rm(path.join(f, 'model.onnx')), 'model.onnx is missing'],
    [
      'another vocabulary',
      (f) => writeFile(path.join(f, 'vocabulary.json'), '{}'),
      'vocabulary.json does not',
    ],
    ['no manifest', (f) => rm(path.join(f, 'manifest.json')), 'manifest.json is missing'],
    ['half a manifest', (f) => truncate(path.join(f, 'manifest.json'), 40), 'manifest.json is not JSON'],
    [
      'a foreign manifest',
      (f) => writeFile(path.join(f, 'manifest.json'), '{"made":"elsewhere"}'),
      'not as expected',
    ],
    [
      'a manifest of an older release',
      (f) => writeFile(path.join(f, 'manifest.json'), '{"format":1}'),
      'manifest.json is of format 1 and this program reads 3: npm run train makes a model that it can serve',
    ],
  ]
  it.each(damages)('with %s is found out', async (_, damage, message) => {
    const modelDir = await temporaryFolder()
    const folder = versionFolder(modelDir, await publishModel(modelDir, smallModel(appids(6))))
    await damage(folder)
    await expect(verify(folder)).rejects.toThrow(message)
  })

  it('gives no vocabulary that is not its own', async () => {
    const modelDir = await temporaryFolder()
    const folder = versionFolder(modelDir, await publishModel(modelDir, smallModel(appids(6))))
    const wrong = JSON.stringify({ format: 1, games: appids(6).toReversed(), weights: INPUT_WEIGHTS })
    await writeFile(path.join(folder, 'vocabulary.json'), wrong)
    await expect(readVocabulary(folder)).rejects.toThrow('vocabulary.json does not match its SHA-256')
  })
})

describe('a file of a version that is no plain file', () => {
  const KINDS: Readonly<Record<string, (file: string) => Promise<unknown>>> = {
    'a device': (file) => symlink('/dev/zero', file),
    'a pipe': async (file) => execFileSync('mkfifo', [file]),
    'a link to a pipe': async (file) => {
      execFileSync('mkfifo', [`${file}.pipe`])
      await symlink(`${file}.pipe`, file)
    },
    'a folder': (file) => mkdir(file),
    'a terminal': (file) => symlink('/dev/tty', file),
    'a link to nothing': (file) => symlink('/nowhere', file),
    'a link to itself': (file) => symlink(file, file),
  }
  describe.skipIf(process.platform === 'win32').each(Object.entries(KINDS))('%s', (_kind, make) => {
    it.each(FILES)('is refused in place of %s, and the version before is served', async (name) => {
      const modelDir = await temporaryFolder()
      await publishModel(modelDir)
      await publishModel(modelDir)
      const file = path.join(versionFolder(modelDir, 2), name)
      await rm(file)
      await make(file)
      await expect(verify(versionFolder(modelDir, 2))).rejects.toThrow()
      expect(await verify(versionFolder(modelDir, 1))).toMatchObject({ format: FORMAT })
    })
  })

  it('may be a link to a plain one', async () => {
    const modelDir = await temporaryFolder()
    const folder = versionFolder(modelDir, await publishModel(modelDir))
    await rename(path.join(folder, 'weights.bin'), path.join(modelDir, 'elsewhere'))
    await symlink(path.join(modelDir, 'elsewhere'), path.join(folder, 'weights.bin'))
    expect(await verify(folder)).toMatchObject({ format: FORMAT })
  })

  it.each(['manifest.json', 'vocabulary.json'])(
    'is refused where %s is endless',
    async (name) => {
      const modelDir = await temporaryFolder()
      const folder = versionFolder(modelDir, await publishModel(modelDir))
      await truncate(path.join(folder, name), 2 ** 28)
      await expect(readManifest(folder).then(() => readVocabulary(folder))).rejects.toThrow(/larger|SHA-256/)
    },
    60_000,
  )
})
