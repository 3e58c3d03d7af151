import { type Kysely, sql } from 'kysely'
import { expect, it } from 'vitest'
import type { AnswerId } from '../../../core/ids.ts'
import { createAnswers } from '../../../db/people/answers.ts'
import { migrate } from '../../../db/postgres/migrate.ts'
import { up as first } from '../../../migrations/20261124_first.ts'
import { up as communities } from '../../../migrations/20261125_communities.ts'
import { testDatabase } from '../../support/postgres/database.ts'

it('carries answers over to the shape that knows several kinds', async () => {
  const db = await testDatabase()
  await sql`drop schema lake cascade`.execute(db)
  await sql`drop schema warehouse cascade`.execute(db)
  // Migrations know nothing of the program's tables.
  const bare = db as unknown as Kysely<unknown>
  await first(bare)
  const reason = { game: 400, share: 0.5, name: 'Portal' }
  const picks = [620, 1, 70].map((game) => ({ game, score: 1, reasons: [reason] }))
  await sql`
    insert into lake.recommendation (id, user_key, picks, games_read, playtime_hidden, source, stale_since) values
      ('old', 'discord:1', ${JSON.stringify(picks)}, 12, true, 'model', '2026-11-20T01:02:03.456+09:00'),
      ('none', 'discord:1', '[]', 0, false, 'catalogue-away', null)
  `.execute(db)
  await communities(bare)
  const answers = createAnswers(db)
  const about = { kind: 'recommend', gamesRead: 12, playtimeHidden: true, source: 'model' }
  expect(await answers.find('old' as AnswerId)).toEqual({
    id: 'old',
    user: 'discord:1',
    picks: picks.map((pick) => ({ ...pick, owned: false })),
    about: { ...about, staleSince: '2026-11-19T16:02:03.456Z' },
  })
  expect(await answers.find('none' as AnswerId)).toMatchObject({
    picks: [],
    about: { kind: 'recommend', gamesRead: 0, playtimeHidden: false, source: 'catalogue-away' },
  })
  expect(await migrate(db)).toEqual([])
})
