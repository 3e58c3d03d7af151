import { type Kysely, type Selectable, sql } from 'kysely'
import type { AnswerId } from '../../core/ids.ts'
import { daysAfter, RETENTION_DAYS } from '../../core/players/retention.ts'
import type { Answers, StoredAnswer } from '../../core/recommend/answers.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database, RecommendationTable } from '../postgres/schema.ts'
import { storableJson } from '../postgres/storable-text.ts'
import { scopesOf, unlessErased } from './erasures.ts'

const PICKS_OF_BOTH = sql<string>`
  case
    when recommendation.picks @> excluded.picks then recommendation.picks
    else recommendation.picks || excluded.picks
  end
`

export function createAnswers(db: Db, now = () => new Date()): Answers {
  return {
    async save(answer) {
      await unlessErased(db, scopesOf(answer.user), (within) => save(within, answer, now()))
    },

    async find(id) {
      const row = await db
        .selectFrom('lake.recommendation')
        .selectAll()
        .where('id', '=', id)
        .where(isKept(now()))
        .executeTakeFirst()
      return row && toAnswer(row)
    },

    async turnedTo(id, page) {
      await db
        .updateTable('lake.recommendation')
        .set({ pages_shown: page + 1 })
        .where('id', '=', id)
        .where('pages_shown', '<=', page)
        .execute()
    },

    async claimShare(answer, what) {
      const at = now()
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('lake.share')
        .columns(['answer', 'what', 'at'])
        .expression((within) =>
          within
            .selectFrom('lake.recommendation')
            .select(({ val }) => ['id', val(String(what)).as('what'), val(at).as('at')])
            .where('id', '=', answer),
        )
        .onConflict((same) => same.doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows === 1n ? { answer, what, at } : undefined
    },

    async releaseShare({ answer, what, at }) {
      await db
        .deleteFrom('lake.share')
        .where('answer', '=', answer)
        .where('what', '=', String(what))
        .where('at', '=', at)
        .execute()
    },
  }
}

async function save(
  within: Kysely<Database>,
  { id, user, picks, about }: StoredAnswer,
  at: Date,
): Promise<void> {
  await within
    .insertInto('lake.recommendation')
    .values({ id, user_key: user, at, picks: storableJson(picks), about: storableJson(about) })
    .onConflict((same) => same.column('id').doUpdateSet({ picks: PICKS_OF_BOTH }))
    .execute()
}

/** What a digest showed everybody is kept as long as the digest. */
export function isKept(now: Date) {
  const since = (days: number) => sql`${daysAfter(now, -days)}::timestamptz`
  return sql<boolean>`
    at >= case
      when starts_with(user_key, 'digest:') then ${since(RETENTION_DAYS.delivery)}
      else ${since(RETENTION_DAYS.answer)}
    end
  `
}

function toAnswer(row: Selectable<RecommendationTable>): StoredAnswer {
  const user = row.user_key as StoredAnswer['user']
  return { id: row.id as AnswerId, user, picks: row.picks, about: row.about }
}
