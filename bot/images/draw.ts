import { fileURLToPath } from 'node:url'
import { type RenderedImage, renderAsync } from '@resvg/resvg-js'
import type { Chart } from '../../core/chart.ts'
import { chartSvg } from './chart-svg.ts'
import { FONT_FAMILY } from './svg.ts'

/** Our own fonts, Latin and Korean: a picture looks the same on every machine. */
const FONTS = ['regular', 'bold'].map((weight) =>
  fileURLToPath(new URL(`./fonts/noto-sans-kr-${weight}.ttf`, import.meta.url)),
)

/** Sharp on screens with two pixels for one. */
const ZOOM = 2

/** A chart as a PNG, drawn on a thread of its own. */
export async function drawChart(chart: Chart): Promise<Buffer> {
  return (await drawSvg(chartSvg(chart), ZOOM)).asPng()
}

export function drawSvg(svg: string, zoom: number): Promise<RenderedImage> {
  return renderAsync(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
    logLevel: 'off',
  })
}
