import { rectangle, text } from '../../bot/images/svg.ts'
import type { Curve, Growth } from './growth.ts'

/** Light on dark, with a background of its own, as the program's other pictures. */
const COLOURS = {
  card: '#171b24',
  edge: '#2b3242',
  grid: '#2b3242',
  title: '#f4f6fb',
  words: '#aeb6c9',
  curves: ['#7f889d', '#5aa9ff', '#ff9f5a', '#f4f6fb'],
} as const

const WIDTH = 880
const HEIGHT = 420
const PANEL = { width: 330, height: 300, top: 62 }
const LEFTS = [64, 494]

/** Two panels, seconds against size, both on logarithmic scales: a straight line is a power, and its slope the exponent. */
export function growthSvg(growths: readonly Growth[]): string {
  const parts = growths.map((growth, at) => drawPanel(growth, LEFTS[at] ?? 0))
  const card = rectangle({
    x: 0,
    y: 0,
    width: WIDTH,
    height: HEIGHT,
    fill: COLOURS.card,
    rounding: 14,
    stroke: COLOURS.edge,
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><title>Seconds of training by games and by pairs</title>${card}${parts.join('')}</svg>\n`
}

type Scale = { readonly from: number; readonly to: number }

function drawPanel({ along, curves }: Growth, left: number): string {
  const points = curves.flatMap((curve) => curve.points)
  const sizes = scaleOf(points.map(({ size }) => size))
  const values = decades(points.map(({ value }) => value))
  const x = (size: number) => left + place(size, sizes) * PANEL.width
  const y = (value: number) => PANEL.top + (1 - place(value, values)) * PANEL.height
  const title = { x: left, y: 36, size: 15, fill: COLOURS.title, bold: true, width: PANEL.width }
  return [
    text(`Seconds of training by ${along}`, title),
    ...powers(values).map((value) => rule(left, y(value)) + tick(`${value}`, left - 8, y(value) + 4, 'end')),
    ...(curves[0]?.points ?? []).map(({ size }) =>
      tick(short(size), x(size), PANEL.top + PANEL.height + 20, 'middle'),
    ),
    ...curves.map((curve, at) => drawCurve(curve, COLOURS.curves[at] ?? '', x, y)),
    ...curves.map((curve, at) => label(curve, at, left)),
  ].join('')
}

function scaleOf(values: readonly number[]): Scale {
  return { from: Math.min(...values) / 1.1, to: Math.max(...values) * 1.1 }
}

/** Whole powers of ten around all values. */
function decades(values: readonly number[]): Scale {
  return {
    from: 10 ** Math.floor(Math.log10(Math.min(...values))),
    to: 10 ** Math.ceil(Math.log10(Math.max(...values))),
  }
}

function powers({ from, to }: Scale): number[] {
  return Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, at) =>
    Number((from * 10 ** at).toPrecision(1)),
  )
}

/** 0 to 1 */
function place(value: number, { from, to }: Scale): number {
  return Math.log(value / from) / Math.log(to / from)
}

function rule(left: number, y: number): string {
  return rectangle({ x: left, y: y - 0.5, width: PANEL.width, height: 1, fill: COLOURS.grid })
}

function tick(content: string, x: number, y: number, anchor: 'middle' | 'end'): string {
  return text(content, { x, y, size: 11, fill: COLOURS.words, anchor, width: 60 })
}

function short(size: number): string {
  return size >= 1e5 ? `${(size / 1e6).toFixed(1)} M` : `${(size / 1e3).toFixed(1)} k`
}

function drawCurve(
  { points }: Curve,
  colour: string,
  x: (size: number) => number,
  y: (value: number) => number,
): string {
  const places = points.map(({ size, value }) => [x(size).toFixed(1), y(value).toFixed(1)] as const)
  const line = `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${places.map((at) => at.join(',')).join(' ')}"/>`
  return line + places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`).join('')
}

function label({ name, exponent }: Curve, at: number, left: number): string {
  // Adding 0 makes 0 of −0.
  const words = `${name} ^${(Math.round(exponent * 10) / 10 + 0).toFixed(1)}`
  return text(words, {
    x: left + 6 + at * 84,
    y: HEIGHT - 16,
    size: 11.5,
    fill: COLOURS.curves[at] ?? '',
    width: 100,
  })
}
