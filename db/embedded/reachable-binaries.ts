import { randomUUID } from 'node:crypto'
import { chmod, cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Account } from './account.ts'
import { type Binaries, runs } from './binaries.ts'

/** The installed build where that user can run it, and a copy of it in a folder open to all otherwise. */
export async function reachableBinaries(
  installed: Binaries,
  account: Account,
  sharedRoot: string,
): Promise<Binaries> {
  if (await runs({ binaries: installed, account })) return installed
  const copy = { ...installed, root: path.join(sharedRoot, `postgresql-${installed.version}`) }
  if (!(await runs({ binaries: copy, account }))) await copyOpenly(installed.root, copy.root)
  return copy
}

/** Copied aside and then renamed, so that nobody runs half of it; of two copies at once the first one stays. */
async function copyOpenly(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true })
  await chmod(path.dirname(to), 0o755)
  const draft = `${to}.${randomUUID()}`
  await cp(from, draft, { recursive: true, verbatimSymlinks: true })
  for (const name of ['', ...(await readdir(draft, { recursive: true }))]) {
    const file = path.join(draft, name)
    if (!(await lstat(file)).isSymbolicLink()) await chmod(file, 0o755)
  }
  await rename(draft, to).catch(() => rm(draft, { recursive: true }))
}
