import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import { KAGGLE_HEADER } from '../../../db/import/games/kaggle-games.ts'

/** A file that is gone when the test is done. */
export async function file(content: string | Buffer, name = 'data'): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'indiescout-import-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const where = path.join(folder, name)
  await writeFile(where, content)
  return where
}

const ROW: Readonly<Record<string, string>> = {
  'App ID': '10',
  Name: 'Some Game',
  Type: 'game',
  'Positive Reviews': '0',
  'Negative Reviews': '0',
}

/** A row of the Kaggle table; what is not named is empty. */
export function kaggleRow(fields: Readonly<Record<string, string>>): string {
  return KAGGLE_HEADER.split(';')
    .map((name) => quote(fields[name] ?? ROW[name] ?? ''))
    .join(';')
}

function quote(field: string): string {
  return /[";\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

export function kaggleTable(...rows: readonly string[]): string {
  return `${[KAGGLE_HEADER, ...rows].join('\n')}\n`
}

/** A zip of the files, in their order. */
export function zip(files: Readonly<Record<string, Buffer>>): Buffer {
  const bodies: Buffer[] = []
  const contents: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const { local, central } = zipEntry(Buffer.from(name), content, offset)
    bodies.push(local)
    contents.push(central)
    offset += local.length
  }
  const directory = Buffer.concat(contents)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(contents.length, 8)
  end.writeUInt16LE(contents.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, directory, end])
}

function zipEntry(name: Buffer, content: Buffer, offset: number): { local: Buffer; central: Buffer } {
  const packed = deflateRawSync(content)
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(8, 4)
  facts.writeUInt32LE(crc32(content), 10)
  facts.writeUInt32LE(packed.length, 14)
  facts.writeUInt32LE(content.length, 18)
  facts.writeUInt16LE(name.length, 22)
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(offset, 10)
  return {
    local: Buffer.concat([Buffer.from('504b0304', 'hex'), facts, name, packed]),
    central: Buffer.concat([Buffer.from('504b01021400', 'hex'), facts, tail, name]),
  }
}
