import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { migrate } from '../../../db/postgres/migrate.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()

async function tables(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_schema || '.' || table_name as name from information_schema.tables
    where table_schema in ('lake', 'warehouse') order by 1
  `.execute(db)
  return rows.map((row) => row.name)
}

describe('migrate', () => {
  it('makes every table that the schema knows', async () => {
    expect(await tables()).toEqual(
      expect.arrayContaining([
        'lake.command',
        'lake.feedback',
        'lake.library_snapshot',
        'lake.recommendation',
        'lake.share',
        'warehouse.blocked_game',
        'warehouse.exchange_rate',
        'warehouse.game',
        'warehouse.interaction',
        'warehouse.label',
        'warehouse.link',
        'warehouse.opinion',
        'warehouse.person',
        'warehouse.player',
      ]),
    )
  })

  it('finds nothing to do a second time', async () => {
    expect(await migrate(db)).toEqual([])
  })

  it('lets processes that start together apply each migration once', async () => {
    const empty = await testDatabase()
    await sql`drop schema lake cascade`.execute(empty)
    await sql`drop schema warehouse cascade`.execute(empty)
    await sql`drop table kysely_migration, kysely_migration_lock`.execute(empty)
    const applied = await Promise.all([migrate(empty), migrate(empty), migrate(empty)])
    expect(applied.flat()).toContain('20261124_first')
    expect(new Set(applied.flat()).size).toBe(applied.flat().length)
  })
})
