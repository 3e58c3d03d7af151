import type { Selectable } from 'kysely'
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
        .where('at', '>=', daysAfter(now(), -KEPT_DAYS.answer))
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

function toAnswer(row: Selectable<RecommendationTable>): StoredAnswer {
  return { id: row.id as AnswerId, user: row.user_key as UserKey, picks: row.picks, about: row.about }
}
