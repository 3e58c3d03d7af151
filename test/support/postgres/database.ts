import { randomUUID } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { connect, type Db } from '../../../db/postgres/connect.ts'
import { onServer, withDatabase } from './server.ts'

/**
 * A migrated, empty database of its own for one test file, dropped when the file is done. Call it at the top of the file
 * or in a `beforeAll`.
 */
export async function testDatabase(): Promise<Db> {
  const { db } = await testDatabaseAt()
  return db
}

/** The same, with the address, for tests that connect by themselves or start a program on it. */
export async function testDatabaseAt(): Promise<{ db: Db; url: string }> {
  const server = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name} template ${inject('templateName')}`)
  const url = withDatabase(server, name)
  const db = connect(url, () => {})
  afterAll(async () => {
    await db.destroy()
    await onServer(server, `drop database if exists ${name} with (force)`)
  })
  return { db, url }
}
