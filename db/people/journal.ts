import type { Journal } from '../../core/players/journal.ts'
import type { Db } from '../postgres/connect.ts'
import { storableText } from '../postgres/storable-text.ts'
import { duringCommand, scopesOf, unlessErased } from './erasures.ts'

export function createJournal(db: Db): Journal {
  return {
    async record({ kind, user, outcome, milliseconds }) {
      const row = {
        user_key: storableText(user),
        kind: storableText(kind),
        outcome: storableText(outcome),
        milliseconds: Math.round(milliseconds),
      }
      await unlessErased(db, scopesOf(user), (within) =>
        within.insertInto('lake.command').values(row).execute(),
      )
    },

    during: (work) => duringCommand(db, work),
  }
}
