import { importBlocklist } from '../../db/import/blocklist.ts'
import { importGames } from '../../db/import/games/games.ts'
import { importPlayers } from '../../db/import/players/players.ts'
import { importRates } from '../../db/import/rates/rates.ts'
import type { OnRead } from '../../db/import/read/read-file.ts'
import type { Summary } from '../../db/import/summary.ts'
import type { Db } from '../../db/postgres/connect.ts'
import { type Progress, startProgress } from '../terminal/progress.ts'

const IMPORTS = { games: importGames, players: importPlayers, blocklist: importBlocklist, rates: importRates }
const UNITS = {
  games: 'games',
  players: 'copies of games',
  blocklist: 'blocked games',
  rates: 'currencies',
}

export type ImportKind = keyof typeof IMPORTS

/** Throws one sentence for anything that cannot be imported. */
export function parseImportKind(text: string): ImportKind {
  if (!Object.hasOwn(IMPORTS, text)) {
    throw new Error(`cannot import ${text}: choose games, players, blocklist or rates`)
  }
  return text as ImportKind
}

export type ImportTask = {
  readonly db: Db
  readonly kind: ImportKind
  readonly sources: readonly string[]
  readonly print: (text: string) => void
}

/** Imports all the files or none, with progress on standard error, and prints what came of each. */
export async function importSources({ db, kind, sources, print }: ImportTask): Promise<void> {
  const startedAt = performance.now()
  const { onRead, stop } = showReading()
  const summaries = await IMPORTS[kind](db, sources, { onRead }).finally(stop)
  for (const summary of summaries) print(renderSummary(summary, UNITS[kind]))
  print(`Imported in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.\n`)
}

/** A bar for each file in turn. */
function showReading(): { onRead: OnRead; stop: () => void } {
  let current: { name: string; progress: Progress } | undefined
  const stop = () => current?.progress.stop()
  return {
    stop,
    onRead(name, read, total) {
      if (current?.name !== name) {
        stop()
        current = { name, progress: startProgress(`reading ${name}`) }
      }
      current.progress.update(read, total)
    },
  }
}

/** What a file came to, for people. */
export function renderSummary(summary: Summary, unit: string): string {
  const { name, rows, added, changed, duplicates, bad, badLines } = summary
  const same = rows - added - changed
  const lines = [
    `${name} (${summary.format}): ${rows} ${unit}: ${added} new, ${changed} changed, ${same} as they were`,
    ...(duplicates > 0 ? [`repeated rows merged: ${duplicates}`] : []),
    ...summary.notes,
    ...(bad > 0 ? [`bad lines left out: ${bad}${bad > badLines.length ? '; the first:' : ''}`] : []),
    ...badLines.map((line) => `  ${name}:${line.line}: ${line.reason}: ${line.excerpt}`),
  ]
  return `${lines.join('\n  ')}\n`
}
