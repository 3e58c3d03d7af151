import fs from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import type { Db } from './connect.ts'

const migrationFolder = path.resolve(import.meta.dirname, '../migrations')

/** Brings the database up to date and names what was applied. Processes that start together wait for each other. */
export async function migrate(db: Db): Promise<string[]> {
  const { error, results = [] } = await createMigrator(db).migrateToLatest()
  // Kysely reports a failed migration in its result; we want it loud.
  if (error) throw error
  return results.map((result) => result.migrationName)
}

/** The names of the migrations that this version has and the database has not seen. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const migrations = await createMigrator(db).getMigrations()
  return migrations.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
}

function createMigrator(db: Db): Migrator {
  const provider = new FileMigrationProvider({
    fs,
    path,
    migrationFolder,
    import: (file) => import(pathToFileURL(file).href),
  })
  return new Migrator({ db, provider })
}
