import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { hashFile } from './durable-files.ts'
import {
  FILES,
  MANIFEST_FILE,
  type Manifest,
  OtherFormat,
  parseManifest,
  parseVocabulary,
  type Vocabulary,
} from './manifest.ts'
import { readPlainFile } from './plain-file.ts'

/** Ten times what a model of all of Steam's games needs. */
const MOST_BYTES = { manifest: 4 * 1024 * 1024, vocabulary: 64 * 1024 * 1024 }

/** The one model of this program, and the folder of its versions in `MODEL_DIR`. */
export const MODEL = 'ease'

export function modelFolder(modelDir: string): string {
  return path.join(modelDir, MODEL)
}

export function versionFolder(modelDir: string, version: number): string {
  return path.join(modelFolder(modelDir), String(version))
}

/** What stands in the model folder, ascending; complete by construction, but not checked. Empty where there is none. */
export async function versions(modelDir: string): Promise<number[]> {
  const names = await readdir(modelFolder(modelDir)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names
    .filter((name) => /^[1-9]\d{0,14}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
}

/** Reads a version's manifest and holds every file against its SHA-256. Throws one sentence. */
export async function verify(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder)
  for (const [file, expected] of Object.entries(manifest.sha256)) {
    const found = await hashFile(path.join(folder, file)).catch(missing(file))
    if (found !== expected) throw new Error(`${file} does not match its SHA-256 in ${MANIFEST_FILE}`)
  }
  return manifest
}

export async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, MANIFEST_FILE)
  return parseManifest(await readPlainFile(file, MOST_BYTES.manifest).catch(missing(MANIFEST_FILE)))
}

/** Whether another release of this program wrote the version, in a format that this one does not read. */
export async function isOutdated(folder: string): Promise<boolean> {
  return readManifest(folder).then(
    () => false,
    (error) => error instanceof OtherFormat,
  )
}

/** Of all versions whose manifest can be read, ascending. */
export async function readManifests(
  modelDir: string,
): Promise<{ readonly version: number; readonly manifest: Manifest }[]> {
  const found = []
  for (const version of await versions(modelDir)) {
    const manifest = await readManifest(versionFolder(modelDir, version)).catch(() => undefined)
    if (manifest) found.push({ version, manifest })
  }
  return found
}

/** Throws one sentence where it is missing, malformed, or not the one that belongs to the version. */
export async function readVocabulary(folder: string): Promise<Vocabulary> {
  const file = path.join(folder, FILES.vocabulary)
  const { sha256 } = await readManifest(folder)
  if ((await hashFile(file).catch(missing(FILES.vocabulary))) !== sha256[FILES.vocabulary]) {
    throw new Error(`${FILES.vocabulary} does not match its SHA-256 in ${MANIFEST_FILE}`)
  }
  return parseVocabulary(await readPlainFile(file, MOST_BYTES.vocabulary))
}

function missing(file: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw error.code === 'ENOENT' ? new Error(`${file} is missing`, { cause: error }) : error
  }
}
