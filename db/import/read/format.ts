import type { Line } from './lines.ts'
import { parsePythonLiteral } from './python-literal.ts'

/** What a line turned out to hold: something to import, or a reason why not. */
export type Item<T> =
  | { readonly kind: 'good'; readonly line: number; readonly value: T }
  | { readonly kind: 'bad'; readonly line: number; readonly reason: string; readonly text: string }

/** One file format: how it is told by its first line or what follows soon after, and how its lines are read. */
export type Format<T> = {
  /** As people call it. */
  readonly name: string
  readonly matches: (firstLine: string, head: string) => boolean
  /** Items a line at a time, since one line may hold a whole library. */
  readonly read: (lines: AsyncIterable<Line>) => AsyncIterable<readonly Item<T>[]>
}

/** The format of a file that begins with these bytes. The name of a file says nothing, its content does. */
export function detectFormat<T>(formats: readonly Format<T>[], head: Buffer): Format<T> | undefined {
  const line = firstLine(head)
  const text = head.toString('utf8')
  return line === undefined ? undefined : formats.find((format) => format.matches(line, text))
}

/** Undefined where the bytes are no text. A file may begin with a byte order mark and blank lines. */
export function firstLine(head: Buffer): string | undefined {
  if (head.includes(0)) return undefined
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  return text.split(/\r?\n/, 1)[0]
}

/** Reads Python's `repr`, with ids as they are written. */
export function parsePythonText(text: string): unknown {
  return parsePythonLiteral(text, { isExact: true })
}

/** One object a line, by a parser that throws a SyntaxError. */
export function readObjects<T>(
  parseText: (text: string) => unknown,
  parseValue: (value: unknown, line: number, text: string) => readonly Item<T>[],
): Format<T>['read'] {
  return async function* (lines) {
    for await (const line of lines) {
      if (line.text === undefined) yield [{ kind: 'bad', line: line.number, reason: line.fault, text: '' }]
      else if (line.text.trim() !== '') yield parseLine(line.number, line.text)
    }
  }

  function parseLine(line: number, text: string): readonly Item<T>[] {
    let value: unknown
    try {
      value = parseText(text)
    } catch (error) {
      return [{ kind: 'bad', line, reason: (error as Error).message, text }]
    }
    return parseValue(value, line, text)
  }
}

/** A parser's answer as an item: a text is the reason why there is no value. */
export function toItem<T extends object>(answer: T | string, line: number, text: string): Item<T> {
  return typeof answer === 'string'
    ? { kind: 'bad', line, reason: answer, text }
    : { kind: 'good', line, value: answer }
}
