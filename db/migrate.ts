import fs from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import type { Db } from './connect.ts'

const migrationFolder = path.resolve(import.meta.dirname, '../migrations')

/** Brings the database up to date and names what was applied. Processes that start together wait for each other. */
export async function migrate(db: Db): Promise<string[]> {
  const provider = new FileMigrationProvider({
    fs,
    path,
    migrationFolder,
    import: (file) => import(pathToFileURL(file).href),
  })
  const { error, results = [] } = await new Migrator({ db, provider }).migrateToLatest()
  // Kysely reports a failed migration in its result; we want it loud.
  if (error) throw error
  return results.map((result) => result.migrationName)
}
