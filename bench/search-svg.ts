import { rectangle, text } from '../bot/images/svg.ts'
import { bestOf, type Trial } from '../inference/evaluation/search.ts'

/** Light on dark, as the program's other pictures. */
const COLOURS = {
  card: '#171b24',
  edge: '#2b3242',
  title: '#f4f6fb',
  words: '#aeb6c9',
  trial: '#5aa9ff',
  ease: '#ff9f5a',
  best: '#f4f6fb',
} as const

const WIDTH = 880
const HEIGHT = 400
const PANEL = { width: 350, height: 280, top: 62 }
const LEFTS = [64, 500]

type Panel = { readonly title: string; readonly of: (trial: Trial) => number; readonly digits: number }

const PANELS: readonly Panel[] = [
  { title: 'NDCG@100 by coverage@10', of: ({ row }) => row.coverage10, digits: 2 },
  { title: 'NDCG@100 by median popularity', of: ({ row }) => row.medianPopularity, digits: 0 },
]

/** A dot for each trial, at its best use: quality against coverage, and against how many own what is picked. */
export function searchSvg(ease: Trial, trials: readonly Trial[], coverage: number): string {
  const best = bestOf(trials, coverage)
  const card = rectangle({
    ...{ x: 0, y: 0, width: WIDTH, height: HEIGHT, fill: COLOURS.card, rounding: 14, stroke: COLOURS.edge },
  })
  const panels = PANELS.map((panel, at) => drawPanel(panel, LEFTS[at] ?? 0, { ease, trials, best }))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><title>The search: quality against coverage and popularity</title>${card}${panels.join('')}</svg>\n`
}

type Found = { readonly ease: Trial; readonly trials: readonly Trial[]; readonly best: Trial | undefined }

function drawPanel({ title, of, digits }: Panel, left: number, { ease, trials, best }: Found): string {
  const all = [ease, ...trials]
  const across = scaleOf(all.map(of))
  const upward = scaleOf(all.map(({ row }) => row.ndcg100))
  const x = (trial: Trial) => left + place(of(trial), across) * PANEL.width
  const y = ({ row }: Trial) => PANEL.top + (1 - place(row.ndcg100, upward)) * PANEL.height
  const dot = (trial: Trial, colour: string, radius: number) =>
    `<circle cx="${x(trial).toFixed(1)}" cy="${y(trial).toFixed(1)}" r="${radius}" fill="${colour}"/>`
  const named = (trial: Trial, name: string, colour: string) =>
    dot(trial, colour, 5) + label(name, x(trial), y(trial) - 9, colour, 'middle')
  return [
    text(title, { x: left, y: 36, size: 15, fill: COLOURS.title, bold: true, width: PANEL.width }),
    frame(left),
    ...[across.from, across.to].map((value, at) =>
      label(
        value.toFixed(digits),
        left + at * PANEL.width,
        PANEL.top + PANEL.height + 18,
        COLOURS.words,
        'middle',
      ),
    ),
    ...[upward.from, upward.to].map((value, at) =>
      label(value.toFixed(3), left - 6, PANEL.top + (1 - at) * PANEL.height + 4, COLOURS.words, 'end'),
    ),
    ...trials.map((trial) => dot(trial, COLOURS.trial, 3)),
    named(ease, 'EASE', COLOURS.ease),
    best ? named(best, 'best', COLOURS.best) : '',
  ].join('')
}

function frame(left: number): string {
  const bottom = PANEL.top + PANEL.height
  return (
    rectangle({ x: left, y: bottom, width: PANEL.width, height: 1, fill: COLOURS.edge }) +
    rectangle({ x: left, y: PANEL.top, width: 1, height: PANEL.height, fill: COLOURS.edge })
  )
}

function label(content: string, x: number, y: number, fill: string, anchor: 'middle' | 'end'): string {
  return text(content, { x, y, size: 11, fill, anchor, width: 60 })
}

type Scale = { readonly from: number; readonly to: number }

/** A little wider than the values. */
function scaleOf(values: readonly number[]): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const margin = (high - low) * 0.06 || 1
  return { from: low - margin, to: high + margin }
}

/** 0 to 1 */
function place(value: number, { from, to }: Scale): number {
  return (value - from) / (to - from)
}
