import { clip } from '../platform/outbound-text.ts'

/** The few pieces of SVG that a chart is made of. */

export const FONT_FAMILY = 'Noto Sans KR'

export type Box = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly fill: string
  readonly rounding?: number
  readonly stroke?: string
}

export function rectangle({ x, y, width, height, fill, rounding = 0, stroke }: Box): string {
  const line = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="1.5"`
  const sides = `width="${round(width)}" height="${round(height)}"`
  return `<rect x="${round(x)}" y="${round(y)}" ${sides} rx="${round(rounding)}" fill="${fill}"${line}/>`
}

export type TextStyle = {
  readonly x: number
  /** Of the line that letters stand on. */
  readonly y: number
  readonly size: number
  readonly fill: string
  readonly bold?: boolean
  /** What `x` is of the line, unless its start. */
  readonly anchor?: 'middle' | 'end'
  /** Longer text is cut. */
  readonly width: number
}

/** Strangers' text, on one line and no wider than it may be. */
export function text(content: string, { x, y, size, fill, bold = false, anchor, width }: TextStyle): string {
  const weight = bold ? ' font-weight="700"' : ''
  const anchored = anchor === undefined ? '' : ` text-anchor="${anchor}"`
  const font = `font-family="${FONT_FAMILY}" font-size="${size}"${weight}${anchored}`
  return `<text x="${round(x)}" y="${round(y)}" ${font} fill="${fill}">${escaped(shortened(content, size, width))}</text>`
}

/** About how wide a line is: there is nothing to measure with, and a little too much does no harm. */
export function widthOf(line: string, size: number): number {
  return [...line].reduce((sum, sign) => sum + size * widthOfSign(sign), 0)
}

function widthOfSign(sign: string): number {
  if (/[\u1100-\u{10FFFF}]/u.test(sign) && !/[\u2000-\u206F]/u.test(sign)) return 0.92
  if (/[MW%@]/.test(sign)) return 0.9
  if (/[A-Z]/.test(sign)) return 0.66
  return /[ .,:;'|!ijl·()-]/.test(sign) ? 0.31 : 0.57
}

function shortened(content: string, size: number, width: number): string {
  const line = clip(content, 200)
  if (widthOf(line, size) <= width) return line
  let length = line.length - 1
  while (length > 1 && widthOf(clip(line, length), size) > width) length -= 1
  return clip(line, length)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Control characters, which XML forbids, have gone with the clipping; so have halves of letters, but for these two. */
function escaped(line: string): string {
  return line.replace(/[\uFFFE\uFFFF]/g, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '')
}

export function round(value: number): number {
  return Math.round(value * 100) / 100
}
