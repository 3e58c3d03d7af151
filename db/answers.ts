import { type Selectable, sql } from 'kysely'
import type { AnswerId, UserKey } from '../core/ids.ts'
import { daysAfter, KEPT_DAYS } from '../core/keeping.ts'
import type { Answers, StoredAnswer } from '../core/ports.ts'
import type { Db } from './connect.ts'
import type { RecommendationTable } from './schema.ts'
import { storableJson } from './storable-text.ts'

export function createAnswers(db: Db, now = () => new Date()): Answers {
  return {
    async save(answer) {
      await db
        .insertInto('lake.recommendation')
        .values({
          id: answer.id,
          user_key: answer.user,
          at: now(),
          picks: storableJson(answer.picks),
          about: storableJson(answer.about),
        })
        .execute()
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

    async claimShare(id) {
      const { numUpdatedRows } = await db
        .updateTable('lake.recommendation')
        .set({ shared_at: now() })
        .where('id', '=', id)
        .where('shared_at', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    async releaseShare(id) {
      await db.updateTable('lake.recommendation').set({ shared_at: null }).where('id', '=', id).execute()
    },
  }
}

/** What a digest showed everybody is kept as long as the digest. */
export function isKept(now: Date) {
  const since = (days: number) => sql`${daysAfter(now, -days)}::timestamptz`
  return sql<boolean>`
    at >= case
      when starts_with(user_key, 'digest:') then ${since(KEPT_DAYS.delivery)}
      else ${since(KEPT_DAYS.answer)}
    end
  `
}

function toAnswer(row: Selectable<RecommendationTable>): StoredAnswer {
  return { id: row.id as AnswerId, user: row.user_key as UserKey, picks: row.picks, about: row.about }
}
