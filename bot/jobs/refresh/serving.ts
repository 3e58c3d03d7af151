import type { Manifest } from '../../../inference/model/manifest.ts'
import { readManifests, readVocabulary, verify, versionFolder } from '../../../inference/model/model-files.ts'

/** A version as it stands on the disk. */
export type Serving = { readonly version: number; readonly folder: string; readonly manifest: Manifest }

/** The newest version whose manifest can be read; undefined where there is none. */
export async function newestModel(modelDir: string): Promise<Serving | undefined> {
  const newest = (await readManifests(modelDir)).at(-1)
  return newest && { ...newest, folder: versionFolder(modelDir, newest.version) }
}

/** The newest version that is whole, as a worker finds it; undefined where there is none. */
export async function servingModel(modelDir: string): Promise<Serving | undefined> {
  for (const { version, manifest } of (await readManifests(modelDir)).reverse()) {
    const folder = versionFolder(modelDir, version)
    const isWhole = await verify(folder).then(
      () => true,
      () => false,
    )
    if (isWhole) return { version, folder, manifest }
  }
  return undefined
}

/** The version that a refresh has published, if it has. */
export async function publishedBy(refresh: string, modelDir: string): Promise<number | undefined> {
  const made = (await readManifests(modelDir)).findLast(
    ({ manifest }) => manifest.refresh === refresh && manifest.rollback === undefined,
  )
  return made?.version
}

/** The appids that a model knows, ascending. */
export async function gamesOf(folder: string): Promise<readonly number[]> {
  return (await readVocabulary(folder)).games
}
