import { constants, copyFile, link, readdir } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder, writeDurably } from './durable-files.ts'
import { FILES, identityOf, MANIFEST_FILE, type Manifest } from './manifest.ts'
import { readManifest, readManifests, verify, versionFolder, versions } from './model-files.ts'
import { publishFolder } from './publish.ts'
import { withdraw } from './versions-kept.ts'

export type RolledBack = {
  /** The version that was in service, and is taken out. */
  readonly from: number
  /** Of the model that was taken out. */
  readonly identity: string
  /** The version that comes back. */
  readonly to: number
  /** Under this number, since servers and clients take the newest. */
  readonly version: number
}

/**
 * Brings back the model before the newest one: its files become the next version, and the newest is taken out of sight.
 * Killed between the two, `finishRollbacks` does the rest. Throws one sentence where there is none to bring back.
 */
export async function rollBack(modelDir: string): Promise<RolledBack> {
  const newest = (await versions(modelDir)).at(-1)
  if (newest === undefined) throw new Error('there is no model to take back: npm run train makes one')
  const current = await readManifest(versionFolder(modelDir, newest))
  const to = await versionBefore(modelDir, newest, current)
  const manifest = await verify(versionFolder(modelDir, to))
  const rollback = { to, from: newest, weights: current.sha256[FILES.weights] }
  const version = await publishFolder(modelDir, (aside) =>
    copyVersion(versionFolder(modelDir, to), aside, { ...manifest, rollback }),
  )
  await finishRollbacks(modelDir)
  return { to, from: newest, version, identity: identityOf(current) }
}

/** The newest older version that is another model: bringing one back twice goes back two. */
async function versionBefore(modelDir: string, newest: number, current: Manifest): Promise<number> {
  const others = (await readManifests(modelDir)).filter(
    ({ version, manifest }) =>
      version < newest && manifest.sha256[FILES.weights] !== current.sha256[FILES.weights],
  )
  const before = others.at(-1)
  if (before) return before.version
  throw new Error(`there is no model before version ${newest} to bring back`)
}

/** The files are never written to, so both versions may share them; where a disk shares none, they are copied. */
async function copyVersion(from: string, to: string, manifest: Manifest): Promise<void> {
  for (const file of await readdir(from)) {
    if (file === MANIFEST_FILE) continue
    const [source, target] = [path.join(from, file), path.join(to, file)]
    await link(source, target).catch(() => copyFile(source, target, constants.COPYFILE_FICLONE))
  }
  const renewed = { ...manifest, created: new Date().toISOString() }
  await writeDurably(path.join(to, MANIFEST_FILE), new TextEncoder().encode(`${JSON.stringify(renewed)}\n`))
  await syncFolder(to)
}

/**
 * Takes out of sight what rollbacks have replaced, under whatever number the same model stands; whoever rolled back may
 * have been killed before.
 */
export async function finishRollbacks(modelDir: string): Promise<void> {
  const found = await readManifests(modelDir)
  for (const { version, manifest } of found) {
    const isWithdrawn = found.some(
      (later) =>
        later.version > version && later.manifest.rollback?.weights === manifest.sha256[FILES.weights],
    )
    if (isWithdrawn) await withdraw(modelDir, version)
  }
}
