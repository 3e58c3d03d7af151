import { GAME_FORMATS } from '../games/game-formats.ts'
import { ImportError } from '../import-error.ts'
import { PLAYER_FORMATS } from '../players/player-formats.ts'
import { RATE_FORMATS } from '../rates/rate-formats.ts'
import { detectFormat, type Format, firstLine } from './format.ts'

const KINDS: readonly { readonly kind: string; readonly formats: readonly Format<unknown>[] }[] = [
  { kind: 'games', formats: GAME_FORMATS },
  { kind: 'players', formats: PLAYER_FORMATS },
  { kind: 'rates', formats: RATE_FORMATS },
]

/** The sentence for a file that begins with these bytes, which none of the expected formats knows. */
export function unknownFormat(name: string, head: Buffer, expected: readonly Format<unknown>[]): ImportError {
  return new ImportError(`${name} ${explain(head, expected)}.`)
}

function explain(head: Buffer, expected: readonly Format<unknown>[]): string {
  const line = firstLine(head)
  if (line === '') return 'is empty'
  const names = expected.map((format) => format.name).join(', ')
  if (line === undefined) return `is not a text file; expected ${names}`
  const other = KINDS.find(({ formats }) => detectFormat(formats, head) !== undefined)
  if (other !== undefined)
    return `holds ${other.kind}; import it with: npm run import -- ${other.kind} <file>`
  if (/^<(!doctype|html|\?xml)/i.test(line))
    return 'is a web page, not a data file; look for the download itself'
  return `is in no known format; expected ${names}`
}
