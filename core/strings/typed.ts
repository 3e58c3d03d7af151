import type { CommandFormatter } from '../commands/formatter.ts'
import type { Inline } from '../reply.ts'

/** Around a command within a sentence. Of the private use area, which every platform takes out of strangers' text. */
const BEGIN = '\uE000'
const END = '\uE001'

const TYPED = /\uE000([^\uE000\uE001]*)\uE001/u

/** The same spelling, marked as what can be typed, so that a platform shows it to be copied as it stands. */
export function asTyped(spelling: CommandFormatter): CommandFormatter {
  return (name, given) => `${BEGIN}${spelling(name, given)}${END}`
}

/** A sentence in pieces: its words, and what can be typed. */
export function piecesOf(sentence: string): readonly Inline[] {
  return sentence
    .split(TYPED)
    .map((piece, at): Inline => (at % 2 === 0 ? piece : { code: piece }))
    .filter((piece) => piece !== '')
}
