import { DuckDBConnection } from '@duckdb/node-api'
import type { Libraries } from '../builders/interactions.ts'

/** A warehouse in memory with the table `interaction`, on two threads. Close it after use. */
export async function startDuckDb(libraries: Libraries = []) {
  const connection = await DuckDBConnection.create()
  const run = async (sql: string) => void (await connection.run(sql))
  await run('set threads = 2')
  await run('create table interaction (player_id integer, appid integer)')
  const rows = libraries.flatMap((library, player) =>
    Object.keys(library).map((appid) => `(${player}, ${appid})`),
  )
  if (rows.length > 0) await run(`insert into interaction values ${rows.join(', ')}`)
  return {
    run,
    /** `options`: beside the format, such as `compression zstd`. */
    writeParquet: (sql: string, file: string, options = '') =>
      run(`copy (${sql}) to '${file}' (format parquet${options === '' ? '' : `, ${options}`})`),
    close: () => connection.closeSync(),
  }
}
