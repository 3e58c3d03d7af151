import { randomUUID } from 'node:crypto'
import { chmod, chown, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Log } from '../../core/log.ts'
import { type Account, accountFor, reaches } from './account.ts'
import { findBinaries, type Runner } from './binaries.ts'
import { reachableBinaries } from './reachable-binaries.ts'

/** Where the server's files lie, and what serves them. */
export type Home = Runner & { readonly folder: string }

/** Where the server's user can go when the data folder or the installation is closed to it. */
const SHARED_ROOT = '/var/lib/indiescout'

/** For an ordinary user all stays in its place; root needs another user, and folders which that one can reach. */
export async function openHome(dataDir: string, log: Log): Promise<Home> {
  await mkdir(dataDir, { recursive: true })
  const noted = await readPointer(dataDir)
  if (noted !== undefined) await checkIsThere(noted, dataDir)
  const folder = noted ?? path.join(dataDir, 'postgres')
  if (process.getuid?.() !== 0) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return { folder, binaries: findBinaries(), account: undefined }
  }
  const account = await accountFor(folder)
  const reachable = noted ?? (await reachableFolder(account, dataDir, folder))
  const binaries = await reachableBinaries(findBinaries(), account, SHARED_ROOT)
  await giveFolder(reachable, account)
  const fields = { data: reachable, binaries: binaries.root }
  log('info', `PostgreSQL refuses to run as root, so it runs as the user ${account.name}`, fields)
  return { folder: reachable, binaries, account }
}

/** An empty database in place of a lost one would look like a loss of all data. */
async function checkIsThere(folder: string, dataDir: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (found) return
  throw new Error(
    `${pointerOf(dataDir)} says that the database lies in ${folder}, which is not there: restore that folder from the backup too, or delete ${pointerOf(dataDir)} to begin with an empty database`,
  )
}

async function giveFolder(folder: string, { uid, gid }: Account): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chown(folder, uid, gid)
  await chmod(folder, 0o700)
}

async function reachableFolder(account: Account, dataDir: string, inside: string): Promise<string> {
  if (await reaches(account, dataDir)) return inside
  if (await stat(inside).catch(() => undefined)) {
    throw new Error(
      `PostgreSQL's user ${account.name} no longer reaches its data in ${inside}: let that user pass through the folders above (chmod o+x)`,
    )
  }
  await mkdir(SHARED_ROOT, { recursive: true })
  await chmod(SHARED_ROOT, 0o755)
  const made = path.join(SHARED_ROOT, randomUUID())
  await mkdir(made)
  const folder = await notePointer(dataDir, made)
  if (folder !== made) await rm(made, { recursive: true })
  return folder
}

/** Written down in the data folder, so that the choice moves with it, and ends with it. */
function pointerOf(dataDir: string): string {
  return path.join(dataDir, 'postgres.path')
}

async function readPointer(dataDir: string): Promise<string | undefined> {
  return readFile(pointerOf(dataDir), 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return undefined
    },
  )
}

/** Of two that note at once the first wins; a link appears whole or not at all. */
async function notePointer(dataDir: string, folder: string): Promise<string> {
  const draft = `${pointerOf(dataDir)}.${randomUUID()}`
  await writeFile(draft, `${folder}\n`)
  await link(draft, pointerOf(dataDir)).catch(() => {})
  await rm(draft)
  return (await readPointer(dataDir)) ?? folder
}
