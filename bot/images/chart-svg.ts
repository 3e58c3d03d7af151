import type { Chart, ChartBar, ChartGroup, ChartRow } from '../../core/chart.ts'
import { rectangle, type TextStyle, text, widthOf } from './svg.ts'

/** Light on dark, with a background of its own: it looks the same whatever the colour of the chat around it. */
const COLOURS = {
  card: '#171b24',
  edge: '#2b3242',
  line: '#2b3242',
  track: '#222837',
  title: '#f4f6fb',
  heading: '#9fb4ff',
  label: '#e6e9f2',
  words: '#aeb6c9',
  faint: '#7f889d',
  marker: '#ffffff',
  series: ['#ff9f5a', '#5aa9ff'],
} as const

const WIDTH = 760
const EDGE = 32
const LABEL_WIDTH = 196
const BAR_LEFT = EDGE + LABEL_WIDTH + 14
const BAR_WIDTH = 352
const WORDS_LEFT = BAR_LEFT + BAR_WIDTH + 14

const HEAD_HEIGHT = 112
const GROUP_HEIGHT = 44
const BAR_PITCH = 19
const ROW_GAP = 15
const FOOT_HEIGHT = 54

/** A bar's first series is the one that counts most, and is drawn higher. */
const BAR_HEIGHTS = [14, 10] as const

/** The picture of a chart. Pure; strangers' text in it is text and nothing else. */
export function chartSvg(chart: Chart): string {
  const rowHeight = chart.series.length * BAR_PITCH + ROW_GAP
  const heightOf = ({ rows }: ChartGroup) => GROUP_HEIGHT + rows.length * rowHeight
  const height = HEAD_HEIGHT + chart.groups.reduce((sum, group) => sum + heightOf(group), 0) + FOOT_HEIGHT
  const scale = scaleOf(chart.groups.flatMap(({ rows }) => rows))
  const parts = [frame(height), head(chart)]
  let top = HEAD_HEIGHT
  for (const group of chart.groups) {
    parts.push(drawGroup(group, top, { rowHeight, scale }))
    top += heightOf(group)
  }
  parts.push(
    text(chart.note, { x: EDGE, y: height - 26, size: 12, fill: COLOURS.faint, width: WIDTH - 2 * EDGE }),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${parts.join('')}</svg>`
}

/** The longest bar fills its track: all bars of one picture share a scale, which ends at a round figure. */
function scaleOf(rows: readonly ChartRow[]): number {
  const shares = rows.flatMap(({ bars }) => bars.flatMap(({ share, marker }) => [share, marker ?? 0]))
  const longest = Math.max(0, ...shares.filter((share) => Number.isFinite(share)))
  return Math.min(1, Math.max(0.1, Math.ceil(longest * 10) / 10))
}

function frame(height: number): string {
  const outline = { rounding: 20, stroke: COLOURS.edge }
  return rectangle({ x: 1, y: 1, width: WIDTH - 2, height: height - 2, fill: COLOURS.card, ...outline })
}

function head({ title, series, marker }: Chart): string {
  const names = series.map((name, at) => ({ name, fill: colourOf(at), width: 14 }))
  const legend = marker === undefined ? names : [...names, { name: marker, fill: COLOURS.marker, width: 3 }]
  let x = EDGE
  const keys = legend.map(({ name, fill, width }) => {
    const key = rectangle({ x, y: 74, width, height: 14, fill, rounding: width / 4 })
    const label: TextStyle = { x: x + width + 8, y: 86, size: 14, fill: COLOURS.words, width: 200 }
    x += width + 8 + widthOf(name, 14) + 26
    return key + text(name, label)
  })
  const headline: TextStyle = {
    x: EDGE,
    y: 52,
    size: 28,
    fill: COLOURS.title,
    bold: true,
    width: WIDTH - 2 * EDGE,
  }
  return text(title, headline) + keys.join('')
}

type Layout = { readonly rowHeight: number; readonly scale: number }

function drawGroup({ title, rows }: ChartGroup, top: number, layout: Layout): string {
  const heading: TextStyle = {
    x: EDGE,
    y: top + 26,
    size: 15,
    fill: COLOURS.heading,
    bold: true,
    width: LABEL_WIDTH,
  }
  const first = top + GROUP_HEIGHT
  const rule = { x: BAR_LEFT, y: top + 20, width: WIDTH - EDGE - BAR_LEFT, height: 1.5, fill: COLOURS.line }
  const drawn = rows.map((row, at) => drawRow(row, first + at * layout.rowHeight, layout.scale))
  return text(title, heading) + rectangle(rule) + drawn.join('')
}

function drawRow({ label, bars }: ChartRow, top: number, scale: number): string {
  const middle = top + (bars.length * BAR_PITCH) / 2
  const x = EDGE + LABEL_WIDTH
  const style: TextStyle = {
    x,
    y: middle + 5,
    size: 16,
    fill: COLOURS.label,
    anchor: 'end',
    width: LABEL_WIDTH,
  }
  const drawn = bars.map((bar, at) => drawBar(bar, at, { middle: top + (at + 0.5) * BAR_PITCH, scale }))
  return text(label, style) + drawn.join('')
}

function drawBar(bar: ChartBar, at: number, { middle, scale }: { middle: number; scale: number }): string {
  const height = BAR_HEIGHTS[at] ?? BAR_HEIGHTS[1]
  const place = { x: BAR_LEFT, y: middle - height / 2, height, rounding: height / 2 }
  const along = (share: number) => (share > 0 ? BAR_WIDTH * Math.min(1, share / scale) : 0)
  // A rounded bar needs its own height to look like one.
  const filled = bar.share > 0 ? Math.max(height, along(bar.share)) : 0
  const words: TextStyle = {
    ...{ x: WORDS_LEFT, y: middle + 4.5, size: 13, width: WIDTH - EDGE - WORDS_LEFT },
    fill: COLOURS.words,
  }
  return [
    rectangle({ ...place, width: BAR_WIDTH, fill: COLOURS.track }),
    rectangle({ ...place, width: filled, fill: colourOf(at) }),
    bar.marker === undefined ? '' : drawMarker(BAR_LEFT + along(bar.marker), middle, height),
    text(bar.words, words),
  ].join('')
}

/** Outlined, so that it shows on a bar as well as beside it. */
function drawMarker(x: number, middle: number, height: number): string {
  const tall = height + 4
  const outline = { x: x - 2.5, y: middle - tall / 2 - 1, width: 5, height: tall + 2, rounding: 2.5 }
  const line = { x: x - 1.25, y: middle - tall / 2, width: 2.5, height: tall, rounding: 1.25 }
  return rectangle({ ...outline, fill: COLOURS.card }) + rectangle({ ...line, fill: COLOURS.marker })
}

function colourOf(series: number): string {
  return COLOURS.series[series] ?? COLOURS.series[0]
}
