import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'

/** A pipe would be waited for until somebody writes to it. Windows has no such thing. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Opens what is to be read to its end. Throws one sentence for devices, pipes and folders: they may have none. */
export async function openPlainFile(file: string): Promise<FileHandle> {
  const handle = await open(file, WITHOUT_WAITING)
  if ((await handle.stat()).isFile()) return handle
  await handle.close()
  throw notPlain(file)
}

/** The same for threads that do nothing else; the caller closes it. */
export function openPlainFileSync(file: string): number {
  const descriptor = openSync(file, WITHOUT_WAITING)
  if (fstatSync(descriptor).isFile()) return descriptor
  closeSync(descriptor)
  throw notPlain(file)
}

/** As text. Throws one sentence where it is larger than that. */
export async function readPlainFile(file: string, mostBytes: number): Promise<string> {
  return (await readPlainBytes(file, mostBytes)).toString('utf8')
}

/** The bytes themselves. Throws one sentence where there are more of them. */
export async function readPlainBytes(file: string, mostBytes: number): Promise<Buffer> {
  const handle = await openPlainFile(file)
  try {
    const { size } = await handle.stat()
    if (size > mostBytes) throw new Error(`${path.basename(file)} is larger than ${mostBytes} bytes`)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

function notPlain(file: string): Error {
  return new Error(`${path.basename(file)} is no plain file`)
}
