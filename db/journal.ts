import type { Journal } from '../core/ports.ts'
import type { Db } from './connect.ts'
import { storableText } from './storable-text.ts'

export function createJournal(db: Db): Journal {
  return {
    async record({ kind, user, outcome, milliseconds }) {
      await db
        .insertInto('lake.command')
        .values({
          user_key: storableText(user),
          kind: storableText(kind),
          outcome: storableText(outcome),
          milliseconds: Math.round(milliseconds),
        })
        .execute()
    },
  }
}
