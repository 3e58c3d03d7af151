import { stat } from 'node:fs/promises'
import path from 'node:path'

/** Turns what the system says of a folder into a sentence with the fix; any other error stays as it is. */
export async function explainFolder(error: unknown, dataDir: string): Promise<unknown> {
  const { code, path: at } = error as NodeJS.ErrnoException
  if (at === undefined) return error
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return new Error(await noRight(at, dataDir), { cause: error })
    case 'EROFS':
      return new Error(`${at} cannot be written, since its file system is read-only: set DATA_DIR`, {
        cause: error,
      })
    case 'ENOSPC':
      return new Error(`no space is left for ${at}: make room, or set DATA_DIR`, { cause: error })
    case 'ENOTDIR':
    case 'EEXIST':
      return new Error(`${dataDir} is no folder: set DATA_DIR to one`, { cause: error })
    default:
      return error
  }
}

async function noRight(at: string, dataDir: string): Promise<string> {
  const { folder, uid } = await nearest(at)
  const us = process.getuid?.() ?? 'this user'
  return `no right to ${folder}, which belongs to user ${uid}, for user ${us}: sudo chown -R ${us} ${dataDir}, start as user ${uid}, or set DATA_DIR`
}

/** Of the way there, the last folder that there is. */
async function nearest(at: string): Promise<{ folder: string; uid: number }> {
  const found = await stat(at).catch(() => undefined)
  return found || path.dirname(at) === at ? { folder: at, uid: found?.uid ?? 0 } : nearest(path.dirname(at))
}
