import type { Transaction } from 'kysely'
import type { PlaceKey, SteamId, UserKey } from '../../core/ids.ts'
import type { Consents, Purpose } from '../../core/players/consents.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'
import { leaveTraining } from '../training/training-data.ts'
import { scopesOf, unlessErased } from './erasures.ts'

/** What players agreed to. A row is a consent; its taking back deletes it. */
export function createConsents(db: Db, now = () => new Date()): Consents {
  return {
    async set(user, purpose, place, given) {
      const key = { user_key: user, purpose, place_key: whereOf(purpose, place) }
      if (given) {
        const scopes = [...scopesOf(user), `link ${user}` as const, ...(place === undefined ? [] : [place])]
        await unlessErased(db, scopes, (within) =>
          within
            .insertInto('warehouse.consent')
            .values({ ...key, at: now() })
            .onConflict((same) => same.doNothing())
            .execute(),
        )
        return
      }
      await db.transaction().execute(async (within) => {
        // First: a refresh that is under way holds it until its library is written, so that nothing comes after this.
        await within
          .deleteFrom('warehouse.consent')
          .where('user_key', '=', user)
          .where('purpose', '=', purpose)
          .where('place_key', '=', key.place_key)
          .execute()
        if (purpose === 'training') await leaveTrainingAs(within, user)
      })
    },

    async of(user, place) {
      const rows = await db
        .selectFrom('warehouse.consent')
        .select(['purpose', 'place_key'])
        .where('user_key', '=', user)
        .execute()
      const gave = (purpose: Purpose, where: string | undefined) =>
        rows.some((row) => row.purpose === purpose && row.place_key === where)
      return { community: gave('community', place), training: gave('training', EVERYWHERE) }
    },

    async community(place, limit) {
      const rows = await db
        .selectFrom('warehouse.consent as consent')
        .innerJoin('warehouse.link as link', 'link.user_key', 'consent.user_key')
        .select('link.steam_id')
        .where('consent.purpose', '=', 'community')
        .where('consent.place_key', '=', place)
        .where('link.proven_at', 'is not', null)
        .orderBy('consent.at')
        .orderBy('consent.user_key')
        .limit(limit)
        .execute()
      return rows.map(({ steam_id }) => steam_id as SteamId)
    },
  }
}

async function leaveTrainingAs(within: Transaction<Database>, user: UserKey): Promise<void> {
  const proven = await within
    .selectFrom('warehouse.link')
    .select('steam_id')
    .where('user_key', '=', user)
    .where('proven_at', 'is not', null)
    .executeTakeFirst()
  if (proven) await leaveTraining(within, [proven.steam_id])
}

const EVERYWHERE = ''

function whereOf(purpose: Purpose, place: PlaceKey | undefined): string {
  if (purpose === 'training') return EVERYWHERE
  if (place === undefined) throw new Error('a consent for a community names its place')
  return place
}
