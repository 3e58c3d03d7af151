import { mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A clock that runs like the real one from another time, moved on by the test, for this process and for its children. */
export type MovedClock = {
  readonly file: string
  readonly now: () => Date
  move(ms: number): void
}

export function moveClock(start: Date): MovedClock {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'indiescout-clock-')), 'offset')
  let offset = start.getTime() - Date.now()
  const write = () => {
    // Renamed into its place: whoever reads finds a whole number.
    writeFileSync(`${file}.new`, String(offset))
    renameSync(`${file}.new`, file)
  }
  write()
  return {
    file,
    now: () => new Date(Date.now() + offset),
    move(ms) {
      offset += ms
      write()
    },
  }
}

/** The same clock in another process. */
export function clockOf(file: string): () => Date {
  return () => new Date(Date.now() + Number(readFileSync(file, 'utf8')))
}
