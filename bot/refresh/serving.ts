import type { Manifest } from '../../inference/manifest.ts'
import { readManifests, readVocabulary, versionFolder } from '../../inference/model-files.ts'

/** A version as it stands on the disk. */
export type Serving = { readonly version: number; readonly folder: string; readonly manifest: Manifest }

/** The newest version whose manifest can be read; undefined where there is none. */
export async function servingModel(modelDir: string): Promise<Serving | undefined> {
  const newest = (await readManifests(modelDir)).at(-1)
  return newest && { ...newest, folder: versionFolder(modelDir, newest.version) }
}

/** The appids that a model knows, ascending. */
export async function gamesOf(folder: string): Promise<readonly number[]> {
  return (await readVocabulary(folder)).games
}
