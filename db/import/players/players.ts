import type { PoolClient } from 'pg'
import type { Db } from '../../postgres/connect.ts'
import { refreshInteractions } from '../../training/average-taste.ts'
import { ImportError } from '../import-error.ts'
import { type OpenFile, openFile } from '../read/read-file.ts'
import { createRoundingWatch } from '../read/rounded-ids.ts'
import { stageThenMerge } from '../staging.ts'
import { type ImportOptions, readingOf, type Summary } from '../summary.ts'
import { createNameMatcher, type NameMatcher } from './match-names.ts'
import { mergePlays, type NumberedPlay, stagePlays } from './merge-plays.ts'
import { PLAYER_FORMATS, type Play, type PlayerFormat } from './player-formats.ts'

type PlayFile = OpenFile<Play, PlayerFormat>
type Staged = { readonly table: string; readonly file: PlayFile; readonly notes: readonly string[] }

/**
 * Imports real players' libraries from files and addresses, in their order, all or none: whatever is wrong with one
 * leaves the tables as they were. A game that a library no longer lists stays. Throws an ImportError with one sentence.
 */
export async function importPlayers(
  db: Db,
  sources: readonly string[],
  options: ImportOptions = {},
): Promise<Summary[]> {
  const summaries = await stageThenMerge(db, sources, {
    stage: (client, table, source) => stage(client, table, source, options),
    merge,
  })
  await refreshInteractions(db)
  return summaries
}

async function stage(
  client: PoolClient,
  table: string,
  source: string,
  options: ImportOptions,
): Promise<Staged> {
  const file = await openFile<Play, PlayerFormat>(source, PLAYER_FORMATS, options.onRead)
  const names = file.format.namesGames ? await createNameMatcher(client) : undefined
  let matched = 0
  async function* numbered() {
    for await (const play of numberPlays(file, names)) {
      matched += 1
      yield play
    }
  }
  await stagePlays(client, table, numbered())
  if (matched === 0) {
    throw new ImportError(`${file.name} names no game that the catalogue knows; import games first.`)
  }
  const report = names?.report()
  return { table, file, notes: report === undefined ? [] : [report] }
}

async function* numberPlays(file: PlayFile, names: NameMatcher | undefined): AsyncGenerator<NumberedPlay> {
  const watch = createRoundingWatch()
  for await (const { value } of file.values) {
    watch.see(value.player)
    const play = names === undefined ? (value as NumberedPlay) : names.match(value)
    if (play !== undefined) yield play
  }
  if (watch.areRounded()) {
    throw new ImportError(
      `${file.name} holds Steam IDs that a spreadsheet or a JSON number has rounded; export them as text.`,
    )
  }
}

async function merge(client: PoolClient, { table, file, notes }: Staged): Promise<Summary> {
  const merged = await mergePlays(client, table, { source: file.format.source, synthetic: false })
  return { ...readingOf(file), ...merged, notes }
}
