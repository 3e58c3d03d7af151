import type { Line } from './lines.ts'

/** One row; `fields` is undefined where it cannot be read, and `reason` says why. */
export type CsvRow = {
  /** The line on which the row begins. */
  readonly line: number
  readonly text: string
} & ({ readonly fields: readonly string[] } | { readonly fields: undefined; readonly reason: string })

/** A quoted field may run over lines, but a quote that nobody closes must not swallow the rest of the file. */
const MAX_ROW_LINES = 50
const MAX_ROW_LENGTH = 256 * 1024

type Taken = { readonly row: CsvRow | undefined; readonly lines: number }
/** The line that many places ahead, or undefined past the end. */
type Ahead = (places: number) => Promise<Line | undefined>

/** Rows of a CSV with the delimiter; blank lines are left out. After a broken row, reading goes on at the next line. */
export async function* readCsv(lines: AsyncIterable<Line>, delimiter: string): AsyncGenerator<CsvRow> {
  const iterator = lines[Symbol.asyncIterator]()
  const queue: Line[] = []
  const ahead: Ahead = async (places) => {
    while (queue.length <= places) {
      const { done, value } = await iterator.next()
      if (done) return undefined
      queue.push(value)
    }
    return queue[places]
  }
  try {
    for (let first = await ahead(0); first !== undefined; first = await ahead(0)) {
      const taken = await takeRow(first, ahead, delimiter)
      queue.splice(0, taken.lines)
      if (taken.row !== undefined) yield taken.row
    }
  } finally {
    await iterator.return?.()
  }
}

async function takeRow(first: Line, ahead: Ahead, delimiter: string): Promise<Taken> {
  if (first.text === undefined) return broken(first, first.fault)
  if (first.text.trim() === '') return { row: undefined, lines: 1 }
  const fields: string[] = []
  let text = first.text
  let open = splitInto(fields, text, delimiter)
  for (let lines = 1; lines <= MAX_ROW_LINES && text.length <= MAX_ROW_LENGTH; lines++) {
    if (open === undefined) return { row: { line: first.number, text, fields }, lines }
    const next = await ahead(lines)
    if (next?.text === undefined) break
    text += `\n${next.text}`
    open = splitInto(fields, next.text, delimiter, `${open}\n`)
  }
  return broken(first, 'a quote that is never closed')
}

function broken(line: Line, reason: string): Taken {
  return { row: { line: line.number, text: line.text ?? '', fields: undefined, reason }, lines: 1 }
}

/** The fields of a whole row, or undefined where a quoted field is still open at the end. */
export function splitRow(text: string, delimiter: string): string[] | undefined {
  const fields: string[] = []
  return splitInto(fields, text, delimiter) === undefined ? fields : undefined
}

/**
 * Adds the line's fields. Answers what a quoted field holds that is still open at the end; the next line goes on with it as
 * `open`, so that no line is read twice for one row.
 */
function splitInto(fields: string[], line: string, delimiter: string, open?: string): string | undefined {
  for (let at = 0, held = open; at <= line.length; held = undefined) {
    const field = fieldAt(line, at, delimiter, held)
    if (field.end === undefined) return field.value
    fields.push(field.value)
    at = field.end + 1
  }
  return undefined
}

/** `end` is undefined where the field goes on in the next line. */
type Field = { readonly value: string; readonly end: number | undefined }

function fieldAt(line: string, at: number, delimiter: string, held: string | undefined): Field {
  if (held !== undefined) return quotedField(line, at, delimiter, held)
  return line[at] === '"' ? quotedField(line, at + 1, delimiter, '') : plainField(line, at, delimiter)
}

function plainField(text: string, from: number, delimiter: string) {
  const next = text.indexOf(delimiter, from)
  const end = next < 0 ? text.length : next
  return { value: text.slice(from, end), end }
}

/** A doubled quote stands for one; whatever follows the closing quote up to the delimiter is kept as it is. */
function quotedField(text: string, from: number, delimiter: string, held: string): Field {
  let value = held
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { value: value + text.slice(at), end: undefined }
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      const rest = plainField(text, quote + 1, delimiter)
      return { value: value + rest.value, end: rest.end }
    }
    value += '"'
    at = quote + 2
  }
}
