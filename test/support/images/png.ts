import { inflateSync } from 'node:zlib'

/** By PNG's colour types: grey, RGB, a place in the palette, grey with alpha, RGB with alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

const SIGNATURE = '89504e470d0a1a0a'

/** The size of a PNG whose pixels are all there; throws for anything else. */
export function sizeOfPng(png: Buffer | undefined): { width: number; height: number } {
  if (png?.subarray(0, 8).toString('hex') !== SIGNATURE) throw new Error('this is no PNG')
  const chunks = chunksOf(png)
  const header = chunks.find(({ type }) => type === 'IHDR')?.data
  if (!header) throw new Error('this PNG has no header')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const pixels = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  )
  const bits = (header[8] ?? 0) * (CHANNELS[header[9] ?? 0] ?? 0)
  // Before each line stands a byte for its filter.
  if (pixels.length !== height * (1 + Math.ceil((bits * width) / 8))) throw new Error('this PNG lacks pixels')
  return { width, height }
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}
