import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import { openPlainFile } from './plain-file.ts'

/** Far below the 2 GB that one system call takes, and short enough between two turns of the event loop. */
const CHUNK = 8 * 1024 * 1024

/** Writes a new file through to the disk and returns its SHA-256 in hexadecimal. */
export async function writeDurably(file: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(file, 'wx')
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const chunk = bytes.subarray(at, at + CHUNK)
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hash.digest('hex')
}

/** Makes new names in a folder survive a power cut. Windows knows no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What takes longer than a thread takes to start. */
const WORTH_A_THREAD = 32 * 1024 * 1024

/** SHA-256 of a plain file in hexadecimal, in constant memory; a large one in a thread of its own. */
export async function hashFile(file: string): Promise<string> {
  const handle = await openPlainFile(file)
  try {
    if ((await handle.stat()).size >= WORTH_A_THREAD) return await hashInThread(file)
    const hash = createHash('sha256')
    await pipeline(handle.createReadStream({ highWaterMark: 1024 * 1024, autoClose: false }), hash)
    return hash.digest('hex')
  } finally {
    await handle.close()
  }
}

function hashInThread(file: string): Promise<string> {
  const thread = new Worker(new URL('./hash-thread.ts', import.meta.url), { workerData: file })
  return new Promise((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`the thread that hashes ended with exit code ${code}`)))
  })
}
