import { constants, copyFile, link, readdir } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder, writeDurably } from './durable-files.ts'
import { FILES, identityOf, MANIFEST_FILE, type Manifest } from './manifest.ts'
import { readManifest, verify, versionFolder, versions } from './model-files.ts'
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
  const rollback = { to, from: newest }
  const version = await publishFolder(modelDir, (aside) =>
    copyVersion(versionFolder(modelDir, to), aside, { ...manifest, rollback }),
  )
  await finishRollbacks(modelDir)
  return { ...rollback, version, identity: identityOf(current) }
}

/** The newest older version that is another model: bringing one back twice goes back two. */
async function versionBefore(modelDir: string, newest: number, current: Manifest): Promise<number> {
  for (const version of (await versions(modelDir)).reverse()) {
    if (version >= newest) continue
    const manifest = await readManifest(versionFolder(modelDir, version)).catch(() => undefined)
    if (manifest && manifest.sha256[FILES.weights] !== current.sha256[FILES.weights]) return version
  }
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

/** Takes out of sight what a rollback has replaced; whoever rolled back may have been killed before. */
export async function finishRollbacks(modelDir: string): Promise<void> {
  const all = await versions(modelDir)
  for (const version of all) {
    const { rollback } = await readManifest(versionFolder(modelDir, version)).catch(() => ({
      rollback: undefined,
    }))
    if (rollback && all.includes(rollback.from)) await withdraw(modelDir, rollback.from)
  }
}
