import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'
import { createPalette, type Pixels } from './palette.ts'

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/**
 * A PNG of at most 256 colours. Photographs take a quarter of what they take in full colour, and what draws for us writes
 * nothing smaller. https://www.w3.org/TR/png-3/
 */
export async function palettePng(pixels: Pixels): Promise<Buffer> {
  const { width, height } = pixels
  const { colours, indices } = createPalette(pixels)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits for each pixel, which name a colour of the palette.
  header.set([8, 3], 8)
  const data = await promisify(deflate)(linesOf(indices, width, height), { level: 9 })
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Before each line stands its filter: 0 is none, which suits a palette. */
function linesOf(indices: Uint8Array, width: number, height: number): Buffer {
  const lines = Buffer.alloc(height * (1 + width))
  for (let y = 0; y < height; y += 1)
    lines.set(indices.subarray(y * width, (y + 1) * width), y * (1 + width) + 1)
  return lines
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
