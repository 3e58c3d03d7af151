import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { withMiddleware } from '../../../bot/platform/middleware.ts'
import type { App } from '../../../core/app.ts'
import { note } from '../../../core/cards/cards.ts'
import type { CommandRequest } from '../../../core/command-request.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { createJournal } from '../../../db/people/journal.ts'
import { asker } from '../../support/builders/requesters.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const app: App = {
  handle: async () => note('answer', 'hello'),
  suggest: async () => [],
  undelivered: async () => {},
  withdrawn: async () => {},
  removed: async () => {},
  strings: async ({ locale }) => stringsIn(locale),
}
const request: CommandRequest = { kind: 'help', ...asker() }

const db = await testDatabase()
const warnings: string[] = []
const guarded = withMiddleware(app, {
  journal: createJournal(db),
  coolDown: () => 0,
  log: (level, message) => void (level === 'warn' && warnings.push(message)),
})

const journalled = () => db.selectFrom('lake.command').select('kind').execute()

it('answers while the journal’s table is locked, and writes the line once it is free', async () => {
  await db.transaction().execute(async (holding) => {
    await sql`lock table lake.command in access exclusive mode`.execute(holding)
    expect((await guarded.handle(request)).summary).toBe('hello')
  })
  await guarded.journalled()
  expect(await journalled()).toEqual([{ kind: 'help' }])
})

it('answers while the database refuses the line, and says so in the log', async () => {
  await sql`alter table lake.command add constraint refused check (kind <> 'help') not valid`.execute(db)
  expect((await guarded.handle(request)).summary).toBe('hello')
  await guarded.journalled()
  expect(warnings).toEqual(['could not journal a command'])
})
