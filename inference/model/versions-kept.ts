import { readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { modelFolder, versionFolder, versions } from './model-files.ts'

/** Far longer than a worker answers with a version that was replaced, and clients read its vocabulary. */
export const IN_USE_MS = 3_600_000

/** With the version, and when it was taken out of service. */
const WITHDRAWN = /^\.withdrawn-\d+-(\d+)$/

/** Takes a version out of sight: no restart brings it back. Its files stay for whoever is still answering with it. */
export async function withdraw(modelDir: string, version: number, now = Date.now()): Promise<void> {
  const aside = path.join(modelFolder(modelDir), `.withdrawn-${version}-${now}`)
  await rename(versionFolder(modelDir, version), aside)
}

type Keeping = { readonly inUseMs?: number; readonly now?: number }

/**
 * Deletes all versions but the newest so many, and what was withdrawn; nothing that was in service a short while ago, since
 * a worker may answer with it. Returns the versions that went.
 */
export async function prune(
  modelDir: string,
  kept: number,
  { inUseMs = IN_USE_MS, now = Date.now() }: Keeping = {},
): Promise<number[]> {
  const all = await versions(modelDir)
  if (all.length === 0) return []
  const gone: number[] = []
  for (const [at, version] of all.slice(0, -kept).entries()) {
    // It was in service until the next one came.
    const { ctimeMs } = await stat(versionFolder(modelDir, all[at + 1] ?? version))
    if (now - ctimeMs < inUseMs) continue
    await withdraw(modelDir, version, 0)
    gone.push(version)
  }
  await removeWithdrawn(modelFolder(modelDir), now - inUseMs)
  return gone
}

async function removeWithdrawn(folder: string, until: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const at = WITHDRAWN.exec(name)?.[1]
    if (at !== undefined && Number(at) <= until)
      await rm(path.join(folder, name), { recursive: true, force: true })
  }
}
