import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { runProgram } from './binaries.ts'
import type { Home } from './home.ts'

/** An initialised data folder and the password of its only user. */
export type Cluster = { readonly home: Home; readonly data: string; readonly password: string }

export const USER = 'indiescout'

const LEFTOVER_AGE_MS = 10 * 60_000

/** Opens the cluster of this home, making it where there is none. */
export async function openCluster(home: Home, signal?: AbortSignal): Promise<Cluster> {
  const folder = path.join(home.folder, 'cluster')
  const data = path.join(folder, 'data')
  const made = await stat(folder).catch(undefinedIfAbsent)
  if (!made) await makeCluster(home, folder, signal)
  await removeLeftovers(home.folder)
  await checkVersion(home, data)
  return { home, data, password: await readFile(path.join(folder, 'password'), 'utf8') }
}

/**
 * Made aside and renamed: an interrupted making leaves nothing that looks like a cluster, and of two that make one at
 * once the first wins.
 */
async function makeCluster(home: Home, folder: string, signal: AbortSignal | undefined): Promise<void> {
  const draft = await mkdtemp(`${folder}.`)
  const passwordFile = path.join(draft, 'password')
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (home.account) {
    for (const made of [draft, passwordFile]) await chown(made, home.account.uid, home.account.gid)
  }
  await runProgram('initdb', initArguments(path.join(draft, 'data'), passwordFile), home, signal)
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true })
    if (!(await stat(folder).catch(undefinedIfAbsent))) throw error
  })
}

/** PostgreSQL's own C.UTF-8 knows all of Unicode and sorts alike on every machine. */
function initArguments(data: string, passwordFile: string): string[] {
  return [
    `--pgdata=${data}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
}

/** What makings that were killed have left. Young ones may belong to somebody at work. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('cluster.')) continue
    const found = await stat(path.join(folder, name)).catch(undefinedIfAbsent)
    if (!found || Date.now() - found.mtimeMs < LEFTOVER_AGE_MS) continue
    await rm(path.join(folder, name), { recursive: true, force: true })
  }
}

async function checkVersion(home: Home, data: string): Promise<void> {
  const written = (await readFile(path.join(data, 'PG_VERSION'), 'utf8')).trim()
  const brought = /\d+/.exec(await runProgram('postgres', ['--version'], home))?.[0]
  if (written !== brought) {
    throw new Error(
      `the data in ${data} is of PostgreSQL ${written}, and this installation brings ${brought}: move that folder away to begin anew, or upgrade it with pg_upgrade`,
    )
  }
}

/** A folder that we may not even look into is no absent one. */
function undefinedIfAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'EACCES') {
    throw new Error(
      `no right to ${error.path}: another user began this data folder; start as that user, or set DATA_DIR`,
    )
  }
}
