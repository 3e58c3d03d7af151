import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { unpack } from '../../../../db/import/read/unpack.ts'
import { zip } from '../../../support/builders/import-files.ts'

async function unpacked(content: Buffer, maxBytes: number): Promise<number> {
  async function* bytes() {
    for (let at = 0; at < content.length; at += 1_000) yield content.subarray(at, at + 1_000)
  }
  let length = 0
  for await (const chunk of unpack(bytes(), { name: 'bomb', isData: () => true, maxBytes }))
    length += chunk.length
  return length
}

const MIB = 1024 ** 2
const zeros = Buffer.alloc(8 * MIB)

describe('a file that unpacks to more than it may', () => {
  it.each([
    ['gzip', gzipSync(zeros)],
    ['zip', zip({ zeros })],
    ['gzip in gzip', gzipSync(gzipSync(zeros))],
  ])('ends the import (%s)', async (_, content) => {
    await expect(unpacked(content, 2 * MIB)).rejects.toThrow('bomb unpacks to more than 2 MiB; split it.')
    expect(await unpacked(content, 8 * MIB)).toBe(8 * MIB)
  })
})
