import { Resvg } from '@resvg/resvg-js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCovers } from '../../../bot/images/cover.ts'
import { coverSvg } from '../../../bot/images/cover-svg.ts'
import { palettePng } from '../../../bot/images/palette-png.ts'
import type { RemoteImage, RemoteImages } from '../../../bot/images/remote-images.ts'
import { widthOf } from '../../../bot/images/svg.ts'
import { titleLines } from '../../../bot/images/title-lines.ts'
import type { Cover } from '../../../core/cards/cover.ts'
import { HOSTILE } from '../../support/builders/charts.ts'
import { JPEG } from '../../support/images/images.ts'
import { sizeOfPng } from '../../support/images/png.ts'
import { isWellFormed } from '../../support/images/svg.ts'
import { keepLog } from '../../support/inference/worker.ts'

const coverOf = (...titles: readonly string[]): Cover => ({
  games: titles.map((title, at) => ({ title, imageUrl: `https://shared.steamstatic.com/${at}.jpg` })),
})
const titles = (count: number) => Array.from({ length: count }, (_, at) => `Game ${at + 1}`)
const image: RemoteImage = { type: 'image/jpeg', bytes: JPEG }
const never: RemoteImages = async () => undefined

/** Each has a picture of its own. */
const always: RemoteImages = async () => image

async function draw(cover: Cover, images: RemoteImages = never): Promise<Buffer> {
  const { log, lines } = keepLog()
  const png = await createCovers({ images, log })(cover)
  if (!png) throw new Error(`no cover was drawn: ${JSON.stringify(lines)}`)
  return Buffer.from(png)
}

/** The words that a cover shows, a line for each. */
const wordsOn = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, line = '']) => line)

describe('a cover', () => {
  it('shows each image, and the titles of games that have none', () => {
    const svg = coverSvg(coverOf('Hades', '하데스'), [image, undefined])
    expect(svg.match(/<image /g)).toHaveLength(1)
    expect(svg).toContain(`href="data:image/jpeg;base64,${JPEG.toString('base64')}"`)
    expect(wordsOn(svg)).toContain('하데스')
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('has a place for each of %i games, none over another', (count) => {
    const svg = coverSvg(coverOf(...titles(count)), [])
    const [, height = ''] = /^<svg[^>]* height="([\d.]+)"/.exec(svg) ?? []
    const tiles = [
      ...svg.matchAll(/<clipPath[^>]*><rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/g),
    ]
      .map((match) => match.slice(1).map(Number))
      .map(([x = 0, y = 0, across = 0, along = 0]) => ({ x, y, right: x + across, bottom: y + along }))
    expect(tiles).toHaveLength(count)
    for (const [at, one] of tiles.entries()) {
      expect(one.x >= 0 && one.y >= 0 && one.right <= 640 && one.bottom <= Number(height)).toBe(true)
      for (const other of tiles.slice(at + 1))
        expect(
          one.right <= other.x || other.right <= one.x || one.bottom <= other.y || other.bottom <= one.y,
        ).toBe(true)
    }
  })

  it('shows strangers’ words as words', () => {
    const svg = coverSvg(coverOf(HOSTILE), [])
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).not.toContain('<script>')
  })

  it('is well-formed whatever the titles are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 12 }), (names) => {
        expect(
          isWellFormed(
            coverSvg(
              coverOf(...names),
              names.map((_, at) => (at % 2 ? image : undefined)),
            ),
          ),
        ).toBe(true)
      }),
    )
  })

  it('is a PNG of 300 kB at most, with and without images', async () => {
    for (const count of [1, 3, 5, 10]) {
      for (const images of [never, always]) {
        const png = await draw(coverOf(...titles(count)), images)
        expect(sizeOfPng(png).width).toBeGreaterThanOrEqual(640)
        expect(png.length).toBeLessThanOrEqual(300_000)
      }
    }
  })

  it('is drawn smaller where its pictures would make it too large', async () => {
    const bytes = await noise(460, 215)
    const png = await draw(coverOf(...titles(10)), async () => ({ type: 'image/png', bytes }))
    expect(png.length).toBeLessThanOrEqual(300_000)
    expect(sizeOfPng(png).width).toBeLessThan(800)
  })

  it('shows the title of a game whose image turns out to be broken', async () => {
    const broken: RemoteImages = async () => ({ type: 'image/jpeg', bytes: JPEG.subarray(0, 200) })
    const [whole, without, withBroken] = await Promise.all([
      draw(coverOf('Hades'), always),
      draw(coverOf('Hades')),
      draw(coverOf('Hades'), broken),
    ])
    expect(brightest(whole)).toBeLessThan(230)
    expect(brightest(without)).toBeGreaterThan(240)
    expect(brightest(withBroken)).toBeGreaterThan(240)
  })

  it('is drawn once for however many channels, and anew once its images are there', async () => {
    let found: RemoteImage | undefined
    const drawCover = createCovers({ images: async () => found, log: keepLog().log })
    const one = await drawCover(coverOf('Hades', 'Baba'))
    const [two, three] = await Promise.all([
      drawCover(coverOf('Hades', 'Baba')),
      drawCover(coverOf('Hades', 'Baba')),
    ])
    expect(two).toBe(one)
    expect(three).toBe(one)
    found = image
    const [four, five] = await Promise.all([
      drawCover(coverOf('Hades', 'Baba')),
      drawCover(coverOf('Hades', 'Baba')),
    ])
    expect(four).not.toBe(one)
    expect(five).toBe(four)
    expect(await drawCover(coverOf('Hades', 'Other'))).not.toBe(four)
  })

  it('is none where it cannot be drawn, which operators read', async () => {
    const { log, lines } = keepLog()
    const broken: RemoteImages = async () => {
      throw new Error('ours')
    }
    expect(await createCovers({ images: broken, log })(coverOf('Hades'))).toBeUndefined()
    expect(lines).toMatchObject([{ level: 'error', message: 'could not draw a cover' }])
  })
})

describe('a title on a cover', () => {
  const room = { width: 200, height: 90, sizes: [24, 18, 12] }
  const title = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc
      .array(fc.constantFrom('가나다', 'Word', 'W', ' ', '…', '日本', '🎮'), { maxLength: 30 })
      .map((parts) => parts.join(' ')),
  )

  it('stands within its room, but for the end of one that is endless', () => {
    fc.assert(
      fc.property(title, (words) => {
        const { lines, size, pitch } = titleLines(words, room)
        expect(lines.length * pitch).toBeLessThanOrEqual(room.height)
        for (const line of lines.slice(0, -1)) expect(widthOf(line, size)).toBeLessThanOrEqual(room.width)
        if (size > 12) expect(widthOf(lines.at(-1) ?? '', size)).toBeLessThanOrEqual(room.width)
      }),
    )
  })

  it('is written as large as it fits, over several lines', () => {
    expect(titleLines('Hades', room)).toMatchObject({ lines: ['Hades'], size: 24 })
    expect(titleLines('깊은 바위 식당: 지하에서 요리하기', room)).toMatchObject({
      lines: ['깊은 바위 식당:', '지하에서 요리하기'],
      size: 24,
    })
    expect(titleLines('W'.repeat(40), room)).toMatchObject({ size: 18 })
  })

  it('is left to its ornament where our fonts have no letter of it', () => {
    expect(titleLines('Привет, мир', room).lines).toEqual([])
    expect(titleLines('日本語 Quest', room).lines).toEqual(['Quest'])
  })
})

describe('a picture of few colours', () => {
  it('has every pixel in its own colour where there are few', async () => {
    const colours = [
      [200, 30, 40],
      [10, 90, 250],
      [255, 255, 255],
    ]
    const wanted = Array.from({ length: 30 }, (_, at) => [...(colours[at % 3] ?? []), 255]).flat()
    const png = await palettePng({ rgba: Uint8Array.from(wanted), width: 6, height: 5 })
    const off = [...pixelsOf(png)].map((channel, at) => Math.abs(channel - (wanted[at] ?? 0)))
    expect(Math.max(...off)).toBeLessThanOrEqual(1)
  })

  it('is off by little on the whole, and read by others', async () => {
    const picture = gradient(96, 64)
    const png = await palettePng(picture)
    expect(sizeOfPng(png)).toEqual({ width: 96, height: 64 })
    const off = [...pixelsOf(png)].map((channel, at) => Math.abs(channel - (picture.rgba[at] ?? 0)))
    expect(off.reduce((sum, one) => sum + one, 0) / off.length).toBeLessThan(8)
  })
})

function gradient(width: number, height: number) {
  const rgba = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rgba.set(
        [(x * 255) / (width - 1), (y * 255) / (height - 1), 255 - (x * 255) / (width - 1), 255],
        4 * (y * width + x),
      )
  return { rgba, width, height }
}

/** Hardly to be compressed. */
async function noise(width: number, height: number): Promise<Buffer> {
  let state = 1
  const rgba = Uint8Array.from({ length: 4 * width * height }, () => {
    state = (state * 48_271) % 2_147_483_647
    return state & 255
  })
  return palettePng({ rgba, width, height })
}

/** As another reader of PNG sees it. */
function pixelsOf(png: Buffer): Uint8Array {
  const { width, height } = sizeOfPng(png)
  const edges = `width="${width}" height="${height}"`
  const href = `data:image/png;base64,${png.toString('base64')}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${edges}><image href="${href}" ${edges}/></svg>`
  return new Resvg(svg).render().pixels
}

/** The brightest pixel: letters are nearly white. */
function brightest(png: Buffer): number {
  const pixels = pixelsOf(png)
  let most = 0
  for (let at = 0; at < pixels.length; at += 4)
    most = Math.max(most, Math.min(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0))
  return most
}
