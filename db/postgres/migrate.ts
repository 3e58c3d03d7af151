import fs from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import { type Db, WITHOUT_TIME_LIMIT } from './connect.ts'
import { shortcomings } from './fitness.ts'
import type { Database } from './schema.ts'

const migrationFolder = path.resolve(import.meta.dirname, '../../migrations')

/**
 * Brings the database up to date and names what was applied. Processes that start together wait for each other. Throws a
 * sentence where the database does not suit.
 */
export async function migrate(db: Db): Promise<string[]> {
  await checkFitness(db)
  const newer = await newerMigrations(db)
  if (newer.length > 0) throw new Error(isNewer(newer))
  return db.transaction().execute(async (trx) => {
    await sql.raw(WITHOUT_TIME_LIMIT).execute(trx)
    await sql`select pg_advisory_xact_lock(hashtextextended('migrate', 0))`.execute(trx)
    const { error, results = [] } = await createMigrator(trx).migrateToLatest()
    // Kysely reports a failed migration in its result; we want it loud.
    if (error) throw error
    return results.map((result) => result.migrationName)
  })
}

/** A database in use is not turned away for its alphabet: the doctor tells of it. */
async function checkFitness(db: Db): Promise<void> {
  const found = await shortcomings(db)
  const isNew = (await applied(db)).length === 0
  const grave = found.filter(({ kind }) => kind === 'rights' || isNew)
  if (grave.length === 0) return
  const why = grave.map(({ detail, fix }) => `${detail} → ${fix}`).join('; ')
  throw new Error(`the database at ${db.connections.server} does not suit: ${why}`)
}

/** The names of the migrations that this version has and the database has not seen. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const seen = await applied(db)
  return (await known(db)).filter((name) => !seen.includes(name))
}

/** The names of the migrations that the database has seen and this version does not have. */
export async function newerMigrations(db: Db): Promise<string[]> {
  const names = await known(db)
  return (await applied(db)).filter((name) => !names.includes(name))
}

export function isNewer(names: readonly string[]): string {
  return `the database is of a newer release of this program (it has ${names.join(', ')}): start that release, or restore the backup made before the upgrade`
}

async function known(db: Db): Promise<string[]> {
  return (await createMigrator(db).getMigrations()).map(({ name }) => name)
}

/** Also where the role may not read Kysely's table: there it is as good as empty. */
async function applied(db: Db): Promise<string[]> {
  const { rows: tables } = await sql<{ readable: boolean }>`
    select has_table_privilege(oid, 'SELECT') as readable from pg_class where oid = to_regclass('kysely_migration')
  `.execute(db)
  if (!tables[0]?.readable) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

function createMigrator(db: Kysely<Database>): Migrator {
  const provider = new FileMigrationProvider({
    fs,
    path,
    migrationFolder,
    import: (file) => import(pathToFileURL(file).href),
  })
  return new Migrator({ db, provider })
}
