import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A user of the machine, as whom root lets the server run. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number }

const execute = promisify(execFile)

/** Data that exists stays with its owner, so that root can look after another user's folder. */
export async function accountFor(folder: string): Promise<Account> {
  const found = await stat(folder).catch(() => undefined)
  if (found && found.uid !== 0) return { name: `${found.uid}`, uid: found.uid, gid: found.gid }
  for (const name of ['postgres', 'nobody']) {
    const account = await named(name)
    if (account) return account
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and this machine has neither a user postgres nor nobody: start as an ordinary user, or set DATABASE_URL',
  )
}

/** Asked of the system as that user, since the right hangs on every folder of the way. */
export async function reaches({ uid, gid }: Account, folder: string): Promise<boolean> {
  return execute('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { uid, gid, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

async function named(name: string): Promise<Account | undefined> {
  const id = async (which: string) => Number((await execute('id', [which, name])).stdout)
  return Promise.all([id('-u'), id('-g')]).then(
    ([uid, gid]) => ({ name, uid, gid }),
    () => undefined,
  )
}
