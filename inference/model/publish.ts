import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder, writeDurably } from './durable-files.ts'
import {
  FILES,
  FORMAT,
  type InputWeights,
  MANIFEST_FILE,
  type Manifest,
  type Vocabulary,
} from './manifest.ts'
import { modelFolder, versionFolder, versions } from './model-files.ts'
import { readPlainFile } from './plain-file.ts'
import { type SecondStage, writeSecondStage } from './reranker/second-stage-files.ts'
import { servingGraph } from './serving-graph.ts'
import { TRITON_CONFIG } from './triton-config.ts'

export type Publication = {
  readonly modelDir: string
  /** Appids, ascending: row numbers. */
  readonly games: ArrayLike<number>
  /** Those of them that may be picked, ascending: column numbers. */
  readonly targets: ArrayLike<number>
  /** Columns of B, row-major, games × targets: row = owned game, column = target. */
  readonly weights: Float32Array
  /** How many players own each game. */
  readonly owners: ArrayLike<number>
  readonly inputWeights: InputWeights
  /** What brings the candidates into their final order; a model may do without. */
  readonly secondStage?: SecondStage | undefined
  readonly manifest: Omit<Manifest, 'format' | 'created' | 'sha256'>
}

/** Written aside, then renamed: what a reader can see is complete, whenever a publisher dies. */
const ASIDE = '.tmp-'
/** Nobody writes that long; whoever did is dead. */
const ABANDONED_MS = 3_600_000

/** Publishes a model as the next version and returns its number. Several may publish at once. Throws on bad shapes. */
export async function publish(publication: Publication): Promise<number> {
  checkShapes(publication)
  return publishFolder(publication.modelDir, (aside) => writeFiles(aside, publication))
}

/** Publishes what `write` puts into an empty folder, which must be a whole version. Returns its number. */
export async function publishFolder(
  modelDir: string,
  write: (aside: string) => Promise<unknown>,
): Promise<number> {
  const aside = await prepareAside(modelDir, `${ASIDE}${randomUUID()}`)
  try {
    await write(aside)
    return await publishVersion(aside, modelDir)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** Lays a model down where no server looks for one, under a name of its own, and returns its folder. */
export async function stageVersion(publication: Publication, name: string): Promise<string> {
  checkShapes(publication)
  const aside = await prepareAside(publication.modelDir, name)
  await writeFiles(aside, publication)
  return aside
}

async function prepareAside(modelDir: string, name: string): Promise<string> {
  const folder = modelFolder(modelDir)
  await mkdir(folder, { recursive: true })
  await removeAbandoned(folder)
  await writeConfig(folder)
  const aside = path.join(folder, name)
  await mkdir(aside)
  return aside
}

function checkShapes({ games, targets, weights, owners }: Publication): void {
  const [n, m] = [games.length, targets.length]
  if (n === 0 || m === 0) throw new Error('a model without games cannot be published')
  if (weights.length !== n * m) {
    throw new Error(`a model of ${n} games and ${m} targets needs ${n * m} weights, not ${weights.length}`)
  }
  if (owners.length !== n) throw new Error(`a model of ${n} games needs ${n} owners, not ${owners.length}`)
}

async function writeFiles(folder: string, publication: Publication) {
  const { games, targets, weights, owners, inputWeights, secondStage, manifest } = publication
  const write = (file: string, bytes: Uint8Array) => writeDurably(path.join(folder, file), bytes)
  const vocabulary: Vocabulary = {
    ...{ format: FORMAT, games: Array.from(games), targets: Array.from(targets), weights: inputWeights },
    owners: Array.from(owners),
  }
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength)
  const sha256 = {
    [FILES.model]: await write(FILES.model, servingGraph({ games: games.length, targets: targets.length })),
    [FILES.weights]: await write(FILES.weights, bytes),
    [FILES.vocabulary]: await write(FILES.vocabulary, json(vocabulary)),
    ...(secondStage && (await writeSecondStage(folder, secondStage))),
  }
  const whole: Manifest = { format: FORMAT, created: new Date().toISOString(), ...manifest, sha256 }
  await write(MANIFEST_FILE, json(whole))
  await syncFolder(folder)
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`)
}

/** Makes a folder that lies aside the next version. The rename fails where another publisher took the number first. */
export async function publishVersion(aside: string, modelDir: string): Promise<number> {
  for (;;) {
    const version = ((await versions(modelDir)).at(-1) ?? 0) + 1
    try {
      await rename(aside, versionFolder(modelDir, version))
      await syncFolder(modelFolder(modelDir))
      return version
    } catch (error) {
      if (!(await versions(modelDir)).includes(version)) throw error
    }
  }
}

async function writeConfig(folder: string): Promise<void> {
  const file = path.join(folder, 'config.pbtxt')
  if ((await readPlainFile(file, TRITON_CONFIG.length * 4).catch(() => '')) === TRITON_CONFIG) return
  const aside = path.join(folder, `${ASIDE}${randomUUID()}`)
  await writeDurably(aside, new TextEncoder().encode(TRITON_CONFIG))
  await rename(aside, file)
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => entry.startsWith(ASIDE))) {
    const entry = path.join(folder, name)
    const age = await stat(entry).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > ABANDONED_MS) await rm(entry, { recursive: true, force: true })
  }
}
