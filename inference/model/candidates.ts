import { readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { writeDurably } from './durable-files.ts'
import { MANIFEST_FILE } from './manifest.ts'
import { modelFolder, readManifest } from './model-files.ts'

/** Of the folders in which candidates lie beside the versions; no server takes them for one. */
const CANDIDATE = '.candidate-'

export function candidateName(refresh: string): string {
  return `${CANDIDATE}${refresh}`
}

/** Deletes what killed refreshes have left. For whoever is alone: a candidate in the making is deleted too. */
export async function discardCandidates(modelDir: string): Promise<number> {
  const folder = modelFolder(modelDir)
  const names = await readdir(folder).catch((): string[] => [])
  const left = names.filter((name) => name.startsWith(CANDIDATE))
  for (const name of left) await rm(path.join(folder, name), { recursive: true, force: true })
  return left.length
}

/** Writes into a candidate's manifest what was measured of it. */
export async function noteMetrics(folder: string, metrics: Readonly<Record<string, number>>): Promise<void> {
  const manifest = await readManifest(folder)
  const noted = { ...manifest, metrics: { ...manifest.metrics, ...metrics } }
  const aside = path.join(folder, `${MANIFEST_FILE}.new`)
  await writeDurably(aside, new TextEncoder().encode(`${JSON.stringify(noted)}\n`))
  await rename(aside, path.join(folder, MANIFEST_FILE))
}
