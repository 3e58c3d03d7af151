import type { Manifest } from '../../inference/manifest.ts'
import { readManifest, readVocabulary, versionFolder, versions } from '../../inference/model-files.ts'

/** A version as it stands on the disk. */
export type Serving = { readonly version: number; readonly folder: string; readonly manifest: Manifest }

/** The newest version whose manifest can be read; undefined where there is none. */
export async function servingModel(modelDir: string): Promise<Serving | undefined> {
  for (const version of (await versions(modelDir)).reverse()) {
    const folder = versionFolder(modelDir, version)
    const manifest = await readManifest(folder).catch(() => undefined)
    if (manifest) return { version, folder, manifest }
  }
  return undefined
}

/** The appids that a model knows, ascending. */
export async function gamesOf(folder: string): Promise<readonly number[]> {
  return (await readVocabulary(folder)).games
}
