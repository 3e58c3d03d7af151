import { createHash } from 'node:crypto'
import { closeSync, readSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { openPlainFileSync } from './plain-file.ts'

/** Run as a thread by `durable-files.ts`, so that whoever serves meanwhile is not held up: posts a file's SHA-256. */
const CHUNK = 4 * 1024 * 1024

function hash(file: string): string {
  const sum = createHash('sha256')
  const chunk = new Uint8Array(CHUNK)
  const descriptor = openPlainFileSync(file)
  try {
    for (let read = -1; read !== 0; ) {
      read = readSync(descriptor, chunk)
      sum.update(chunk.subarray(0, read))
    }
  } finally {
    closeSync(descriptor)
  }
  return sum.digest('hex')
}

parentPort?.postMessage(hash(String(workerData)))
