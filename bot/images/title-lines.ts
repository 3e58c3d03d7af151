import { clip } from '../platform/outbound-text.ts'
import { widthOf } from './svg.ts'

/** What our fonts hold letters for: Latin, the usual signs and Hangul. */
const DRAWN =
  /[\u0020-\u007e\u00a0-\u0103\u0110-\u0113\u011a\u011b\u0128-\u012b\u0143\u0144\u0147\u0148\u014c-\u014f\u0152\u0153\u0168-\u016d\u2010\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2032\u2033\u20a9\u20ac\u2122\u2192\u2212\u2264\u2265\u3131-\u3163\uac00-\ud7a3]/

const MOST_SIGNS = 120

/** From one line to the next, by the size of the letters. */
const PITCH = 1.25

export type Room = {
  readonly width: number
  readonly height: number
  /** Sizes of letters that are tried, largest first; at least one. */
  readonly sizes: readonly number[]
}

export type TitleLines = { readonly lines: readonly string[]; readonly size: number; readonly pitch: number }

/**
 * A stranger's title over as many lines as there is room for, in the largest letters that fit. At the smallest its last
 * line may be too long, and is to be cut. No lines where our fonts have no letter of it.
 */
export function titleLines(title: string, { width, height, sizes }: Room): TitleLines {
  const words = wordsOf(title)
  const tried = sizes.map((size) => ({ lines: wrapped(words, size, width), size, pitch: size * PITCH }))
  const fitting = tried.find(({ lines, pitch }) => lines.length * pitch <= height)
  if (fitting) return fitting
  const { lines = [], size = 0, pitch = 0 } = tried.at(-1) ?? {}
  const most = Math.max(1, Math.floor(height / pitch))
  return { lines: [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')], size, pitch }
}

function wordsOf(title: string): string[] {
  const signs = [...clip(title.normalize('NFC'), 4 * MOST_SIGNS)].filter((sign) => DRAWN.test(sign))
  const words = clip(signs.join(''), MOST_SIGNS)
  return /[\p{L}\p{N}]/u.test(words) ? words.split(' ') : []
}

/** A word that is longer than a line goes over several. */
function wrapped(words: readonly string[], size: number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of words.flatMap((word) => piecesOf(word, size, width))) {
    const longer = line === '' ? piece : `${line} ${piece}`
    if (widthOf(longer, size) <= width) {
      line = longer
    } else {
      lines.push(line)
      line = piece
    }
  }
  return line === '' ? lines : [...lines, line]
}

function piecesOf(word: string, size: number, width: number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const sign of word) {
    if (piece !== '' && widthOf(piece + sign, size) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += sign
  }
  return [...pieces, piece]
}
