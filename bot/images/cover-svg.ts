import type { Cover } from '../../core/cards/cover.ts'
import type { RemoteImage } from './remote-images.ts'
import { rectangle, round, type TextStyle, text } from './svg.ts'
import { titleLines } from './title-lines.ts'

const BACKGROUND = '#171b24'
const LETTERS = '#f4f6fb'

/** Behind titles, in turn, each from its top to its bottom: dark enough for the letters. */
const SHADES = [
  ['#4a3b86', '#251d47'],
  ['#17606f', '#0b323b'],
  ['#7a3350', '#3d1828'],
  ['#2f6442', '#163322'],
  ['#735420', '#3a290d'],
  ['#2f4c86', '#172647'],
] as const

const WIDTH = 640
const EDGE = 8
const GAP = 8
const ROUNDING = 10

/** Of Steam's header images. */
const PROPORTION = 215 / 460

/** How many games stand in each line, by how many there are: the first ones are the largest. */
const LINES: readonly (readonly number[])[] = [
  [],
  [1],
  [1, 1],
  [1, 2],
  [2, 2],
  [2, 3],
  [2, 2, 2],
  [2, 2, 3],
  [2, 3, 3],
  [3, 3, 3],
  [2, 2, 3, 3],
]

/** Sizes of a title: so many of its letters' heights are as wide as its tile. */
const LETTERS_IN_A_LINE = [9, 11, 13, 15, 17]

type Tile = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/**
 * The picture of a cover: each game's image, or its title where there is none. Pure; strangers' text in it is text, and
 * `images` stand beside the games. A title lies under its image too, should that turn out to be broken.
 */
export function coverSvg({ games }: Cover, images: readonly (RemoteImage | undefined)[]): string {
  const tiles = tilesFor(games.length)
  const height = Math.max(0, ...tiles.map((tile) => tile.y + tile.height)) + EDGE
  const drawn = tiles.map((tile, at) => drawTile(tile, at, games[at]?.title ?? '', images[at]))
  const ground = rectangle({ x: 0, y: 0, width: WIDTH, height, fill: BACKGROUND })
  const sides = `width="${WIDTH}" height="${round(height)}" viewBox="0 0 ${WIDTH} ${round(height)}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${sides}>${ground}${drawn.join('')}</svg>`
}

function tilesFor(games: number): Tile[] {
  let y = EDGE
  return (LINES[games] ?? LINES.at(-1) ?? []).flatMap((inLine) => {
    const width = (WIDTH - 2 * EDGE - (inLine - 1) * GAP) / inLine
    const tiles = Array.from({ length: inLine }, (_, at) => ({
      ...{ x: EDGE + at * (width + GAP), y },
      ...{ width, height: width * PROPORTION },
    }))
    y += width * PROPORTION + GAP
    return tiles
  })
}

function drawTile(tile: Tile, at: number, title: string, image: RemoteImage | undefined): string {
  const [x, y, width, height] = [tile.x, tile.y, tile.width, tile.height].map(round)
  const [from, to] = SHADES[at % SHADES.length] ?? SHADES[0]
  const edges = `x="${x}" y="${y}" width="${width}" height="${height}"`
  return [
    `<clipPath id="tile${at}"><rect ${edges} rx="${ROUNDING}"/></clipPath>`,
    `<linearGradient id="shade${at}" x1="0" y1="0" x2="0" y2="1">${stop(0, from)}${stop(1, to)}</linearGradient>`,
    `<g clip-path="url(#tile${at})">`,
    rectangle({ ...tile, fill: `url(#shade${at})` }),
    drawTitle(tile, title),
    image === undefined
      ? ''
      : `<image ${edges} preserveAspectRatio="xMidYMid slice" href="${dataOf(image)}"/>`,
    '</g>',
  ].join('')
}

function stop(offset: number, colour: string): string {
  return `<stop offset="${offset}" stop-color="${colour}"/>`
}

/** The cross and buttons of a controller. */
function ornament({ x, y, width, height }: Tile, opacity: number): string {
  const unit = height / 10
  const [left, right, middle] = [x + 2.4 * unit, x + width - 2.4 * unit, y + height / 2]
  const centred = (at: { x: number; y: number }, across: number, along: number) => ({
    ...{ x: at.x - across / 2, y: at.y - along / 2, width: across, height: along, fill: LETTERS },
  })
  const bar = (across: number, along: number) =>
    rectangle({ ...centred({ x: left, y: middle }, across, along), rounding: unit / 3 })
  const button = (off: number) =>
    rectangle({ ...centred({ x: right + off, y: middle - off }, 1.5 * unit, 1.5 * unit), rounding: unit })
  const parts = [bar(4 * unit, 1.4 * unit), bar(1.4 * unit, 4 * unit), button(-unit), button(unit)]
  return `<g opacity="${opacity}">${parts.join('')}</g>`
}

function drawTitle(tile: Tile, title: string): string {
  const { x, y, width, height } = tile
  const room = width * 0.86
  const sizes = LETTERS_IN_A_LINE.map((letters) => width / letters)
  const { lines, size, pitch } = titleLines(title, { width: room, height: height * 0.86, sizes })
  const first = y + height / 2 - ((lines.length - 1) * pitch) / 2 + size * 0.36
  const style: Omit<TextStyle, 'y'> = {
    ...{ x: x + width / 2, size: round(size), fill: LETTERS },
    ...{ bold: true, anchor: 'middle', width: room },
  }
  const drawn = lines.map((line, at) => text(line, { ...style, y: first + at * pitch }))
  return ornament(tile, lines.length === 0 ? 0.4 : 0.06) + drawn.join('')
}

/** Of bytes that were looked at: nothing in it ends the attribute. */
function dataOf({ type, bytes }: RemoteImage): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}
