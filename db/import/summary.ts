import type { BadLine, OnRead, Tally } from './read/read-file.ts'

/** What an import of one file came to. */
export type Summary = {
  /** The file's name, or the address without its query. */
  readonly name: string
  readonly format: string
  /** Distinct games, copies of games, blocked games or currencies in the file. */
  readonly rows: number
  readonly added: number
  readonly changed: number
  /** Rows that named the same again, merged into one. */
  readonly duplicates: number
  readonly bad: number
  /** The first ten. */
  readonly badLines: readonly BadLine[]
  /** What else is worth knowing, a sentence each. */
  readonly notes: readonly string[]
}

export type ImportOptions = {
  readonly onRead?: OnRead
}

/** What reading a file tells of it. */
export function readingOf(file: { name: string; format: { name: string }; tally: Tally }) {
  const { name, tally } = file
  return { name, format: file.format.name, bad: tally.bad, badLines: tally.badLines }
}
