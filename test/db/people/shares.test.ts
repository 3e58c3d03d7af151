import { type Kysely, sql } from 'kysely'
import { expect, it } from 'vitest'
import type { AnswerId } from '../../../core/ids.ts'
import { createAnswers } from '../../../db/people/answers.ts'
import { migrate } from '../../../db/postgres/migrate.ts'
import { up as first } from '../../../migrations/20261124_first.ts'
import { up as communities } from '../../../migrations/20261125_communities.ts'
import { up as shares } from '../../../migrations/20261127_shares.ts'
import { testDatabase } from '../../support/postgres/database.ts'

it('carries over which answers were shared, and when', async () => {
  const db = await testDatabase()
  await sql`drop schema lake cascade`.execute(db)
  await sql`drop schema warehouse cascade`.execute(db)
  // Migrations know nothing of the program's tables.
  const bare = db as unknown as Kysely<unknown>
  await first(bare)
  await communities(bare)
  await sql`
    insert into lake.recommendation (id, user_key, picks, about, shared_at) values
      ('shared', 'discord:1', '[]', '{"kind": "similar"}', '2026-11-20T01:02:03.456Z'),
      ('never', 'discord:1', '[]', '{"kind": "similar"}', null)
  `.execute(db)
  await shares(bare)
  const claims = await db.selectFrom('lake.share').selectAll().execute()
  expect(claims).toEqual([{ answer: 'shared', what: 'page', at: new Date('2026-11-20T01:02:03.456Z') }])
  const answers = createAnswers(db)
  expect(await answers.claimShare('shared' as AnswerId, 'page')).toBeUndefined()
  expect(await answers.claimShare('never' as AnswerId, 'page')).toBeDefined()
  expect(await migrate(db)).toEqual([])
})

it('takes no share of anything but a page or a game', async () => {
  const db = await testDatabase()
  await createAnswers(db).save({
    ...{ id: 'answer' as AnswerId, user: 'discord:1', picks: [] },
    about: { kind: 'liked', names: [], source: 'model' },
  })
  for (const what of ['all', '0', '01', '-1', 'page ', '']) {
    const insert = db.insertInto('lake.share').values({ answer: 'answer', what })
    await expect(insert.execute(), what).rejects.toThrow('check constraint')
  }
})
