import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartSvg } from '../../../bot/images/chart-svg.ts'
import { drawChart } from '../../../bot/images/draw.ts'
import { picturesInWords } from '../../../bot/images/in-words.ts'
import { widthOf } from '../../../bot/images/svg.ts'
import { renderTerminal } from '../../../bot/terminal/render.ts'
import type { Chart } from '../../../core/chart.ts'
import { HOSTILE, hostileChart, pictureReply, TASTE } from '../../support/builders/charts.ts'
import { sizeOfPng } from '../../support/images/png.ts'
import { isWellFormed } from '../../support/images/svg.ts'

/** How bright a colour is, as contrast counts it. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\da-f]{2}/gi) ?? [])
    .map((part) => Number.parseInt(part, 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('the picture of a chart', () => {
  it('holds every word of the chart', () => {
    const svg = chartSvg(TASTE)
    for (const words of ['Game taste', 'Roguelike', 'Genres', '79% · avg 20%', 'average player'])
      expect(svg).toContain(`>${words}</text>`)
  })

  it('shows strangers’ words as words', () => {
    const svg = chartSvg(hostileChart(HOSTILE))
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).not.toContain('<script>')
  })

  it('is well-formed whatever it is to hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (words) => {
        expect(isWellFormed(chartSvg(hostileChart(words)))).toBe(true)
      }),
    )
  })

  it('keeps all that it draws inside', () => {
    const share = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1))
    fc.assert(
      fc.property(share, share, (mine, average) => {
        const bars = [{ share: mine, marker: average, words: '' }]
        const chart: Chart = { ...TASTE, series: ['a'], groups: [{ title: '', rows: [{ label: '', bars }] }] }
        for (const [, x, width] of chartSvg(chart).matchAll(/<rect x="([^"]*)"[^>]*? width="([^"]*)"/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0)
          expect(Number(x) + Number(width)).toBeLessThanOrEqual(760)
        }
      }),
    )
  })

  it('can be read: its words stand out from its card', () => {
    const [card = ''] = [...chartSvg(TASTE).matchAll(/fill="(#\w+)"/g)].map(([, fill]) => fill)
    const fills = [...chartSvg(TASTE).matchAll(/<text[^>]*fill="(#\w+)"/g)].map(([, fill = '']) => fill)
    for (const fill of new Set(fills))
      expect((luminance(fill) + 0.05) / (luminance(card) + 0.05)).toBeGreaterThanOrEqual(4.5)
  })

  it('becomes a PNG of twice its size, the hostile one too', async () => {
    const [, height] = /height="(\d+)"/.exec(chartSvg(TASTE)) ?? []
    expect(sizeOfPng(await drawChart(TASTE))).toEqual({ width: 1520, height: 2 * Number(height) })
    expect(sizeOfPng(await drawChart(hostileChart(HOSTILE))).width).toBe(1520)
  })

  it('draws Korean with letters of its own', async () => {
    const titled = (title: string) => drawChart({ ...TASTE, title })
    const [taste, other, missing, alsoMissing] = await Promise.all([
      titled('취향'),
      titled('장르'),
      titled('\u{13000}'),
      titled('\u{13001}'),
    ])
    expect(taste.equals(other)).toBe(false)
    expect(missing.equals(alsoMissing)).toBe(true)
  })

  it('is small enough for every platform', async () => {
    const rows = Array.from({ length: 12 }, () => TASTE.groups[0]?.rows[0]).filter((row) => row !== undefined)
    expect((await drawChart({ ...TASTE, groups: [{ title: 'Tags', rows }] })).length).toBeLessThan(500_000)
  })

  it('cuts a word that would run into its bar', () => {
    const long = 'W'.repeat(100)
    const row = { label: long, bars: TASTE.groups[0]?.rows[0]?.bars ?? [] }
    const [, label = ''] = />(W+…)</.exec(chartSvg({ ...TASTE, groups: [{ title: '', rows: [row] }] })) ?? []
    expect(widthOf(label, 16)).toBeLessThanOrEqual(196)
    expect(label.length).toBeGreaterThan(8)
  })
})

it('tells a picture in words above the small print', () => {
  expect(picturesInWords(pictureReply)).toMatchObject({
    attachments: [],
    blocks: [
      { kind: 'text' },
      { kind: 'text', text: [expect.stringContaining('Roguelike')] },
      { kind: 'hint' },
    ],
  })
})

it('shows bars in a terminal', () => {
  expect(renderTerminal(pictureReply)).toMatch(/Roguelike .*█+.*·+ 42% · avg 3%/)
})
