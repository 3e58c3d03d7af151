import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { migrationsCheck } from '../../bot/doctor/data.ts'
import { connect } from '../../db/postgres/connect.ts'
import { shortcomings } from '../../db/postgres/fitness.ts'
import { migrate } from '../../db/postgres/migrate.ts'
import { type DebianPostgres, startDebianPostgres } from '../support/debian/postgres.ts'
import { onServer, withDatabase } from '../support/postgres/server.ts'

let postgres: DebianPostgres
beforeAll(async () => {
  postgres = await startDebianPostgres()
})
afterAll(() => postgres.stop())

function open(url: string) {
  const db = connect(url, () => {})
  onTestFinished(() => db.destroy())
  return db
}

describe('a database', () => {
  it('that belongs to the role suits, and says so afterwards', async () => {
    const db = open(await postgres.create('suits'))
    expect(await migrate(db)).toContain('20261124_first')
    expect(await shortcomings(db)).toEqual([])
    expect(await migrate(db)).toEqual([])
  })

  it.each([
    ['C', "encoding 'UTF8' locale 'C' template template0", /its locale does not know small and capital/],
    ['SQL_ASCII', "encoding 'SQL_ASCII' locale 'C' template template0", /its encoding SQL_ASCII does not/],
    ['LATIN1', "encoding 'LATIN1' locale 'C' template template0", /its encoding LATIN1 does not hold/],
  ])('in %s is refused before anything is made', async (name, how, said) => {
    const db = open(await postgres.create(`in_${name.toLowerCase()}`, { with: how }))
    await expect(migrate(db)).rejects.toThrow(said)
    await expect(migrate(db)).rejects.toThrow(/create database indiescout template template0 encoding 'UTF8'/)
    const { rows } = await sql`select nspname from pg_namespace where nspname = 'lake'`.execute(db)
    expect(rows).toEqual([])
  })

  it('of somebody else tells which rights the role needs, and suits with them', async () => {
    const url = await postgres.create('foreign_one', { owner: 'postgres' })
    const db = open(url)
    const asOwner = withDatabase(postgres.url, 'foreign_one')
    await onServer(asOwner, 'revoke temporary on database foreign_one from public')
    const failed = await migrate(db).catch((error: Error) => error.message)
    const fixes = [
      'grant create on database foreign_one to scout',
      'grant temporary on database foreign_one to scout',
      'grant create on schema public to scout',
    ]
    for (const fix of fixes) expect(failed).toContain(fix)
    await onServer(asOwner, ...fixes)
    expect(await migrate(db)).toContain('20261124_first')
  })

  it('whose tables belong to another role is told as that', async () => {
    const url = await postgres.create('inherited')
    await migrate(open(withDatabase(postgres.url, 'inherited')))
    await expect(migrate(open(url))).rejects.toThrow(/tables belong to another role, such as lake\./)
  })

  it('with pg_trgm in a schema of its own is told how to find it', async () => {
    const url = await postgres.create('hidden_trigrams')
    await onServer(
      withDatabase(postgres.url, 'hidden_trigrams'),
      'create schema extensions',
      'create extension pg_trgm schema extensions',
    )
    await expect(migrate(open(url))).rejects.toThrow(/alter role scout set search_path/)
  })

  it('of a newer release is told as that, by the doctor too', async () => {
    const db = open(await postgres.create('newer'))
    await migrate(db)
    await sql`insert into kysely_migration values ('20991231_future', now()::text)`.execute(db)
    await expect(migrate(db)).rejects.toThrow(
      /is of a newer release of this program \(it has 20991231_future\)/,
    )
    expect(await migrationsCheck(db)()).toMatchObject({
      state: 'ill',
      detail: expect.stringContaining('newer release'),
    })
  })
})
