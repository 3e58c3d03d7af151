import type { PoolClient } from 'pg'
import type { Db } from '../../postgres/connect.ts'
import { copyRows } from '../copy.ts'
import { type OpenFile, openFile } from '../read/read-file.ts'
import { refreshCatalogue } from '../refresh.ts'
import { stageThenMerge } from '../staging.ts'
import { type ImportOptions, readingOf, type Summary } from '../summary.ts'
import type { GameFacts } from './game-facts.ts'
import { GAME_FORMATS, type GameFormat } from './game-formats.ts'
import { mergeGames, STAGING_COLUMNS, STAGING_TABLE, stagedGame } from './merge-games.ts'

export type GameImportOptions = ImportOptions & {
  /** Written beside the facts instead of the format's own name. */
  readonly source?: string
}

type Staged = { readonly table: string; readonly file: OpenFile<GameFacts, GameFormat> }

/**
 * Imports games from files and addresses, in their order, all or none: whatever is wrong with one leaves the catalogue
 * as it was. Throws an ImportError with one sentence.
 */
export async function importGames(
  db: Db,
  sources: readonly string[],
  options: GameImportOptions = {},
): Promise<Summary[]> {
  const summaries = await stageThenMerge(db, sources, {
    stage: (client, table, source) => stage(client, table, source, options),
    merge: (client, staged) => merge(client, staged, options.source),
  })
  await refreshCatalogue(db)
  return summaries
}

async function stage(
  client: PoolClient,
  table: string,
  source: string,
  options: ImportOptions,
): Promise<Staged> {
  const file = await openFile<GameFacts, GameFormat>(source, GAME_FORMATS, options.onRead)
  await client.query(`create temp table ${table} (${STAGING_TABLE}) on commit drop`)
  await copyRows(client, table, STAGING_COLUMNS, stagedRows(file))
  return { table, file }
}

async function* stagedRows(file: OpenFile<GameFacts, GameFormat>) {
  for await (const { line, value } of file.values) yield stagedGame(line, value)
}

async function merge(client: PoolClient, { table, file }: Staged, source?: string): Promise<Summary> {
  const { games, added, changed } = await mergeGames(client, table, source ?? file.format.source)
  const duplicates = file.tally.good - games
  return { ...readingOf(file), rows: games, added, changed, duplicates, notes: [] }
}
