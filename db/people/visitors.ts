import { type RawBuilder, sql } from 'kysely'
import { visitorKeysBefore } from '../../core/players/visitor.ts'
import type { Db } from '../postgres/connect.ts'
import { erase } from './erasures.ts'
import { forgetDigests, forgetWhere } from './records.ts'

/**
 * Deletes all that is stored of those who came to the playground before that day: nobody would ever come back to ask for
 * it. Returns how many there were.
 */
export async function forgetVisitors(db: Db, before: Date): Promise<number> {
  const end = visitorKeysBefore(before)
  const isOld = (column: RawBuilder<unknown>) =>
    sql<boolean>`(starts_with(${column}, 'playground:') and ${column} collate "C" < ${end})`
  return db.transaction().execute(async (within) => {
    const { rows } = await sql<{ key: string }>`
      select user_key as key from lake.command where ${isOld(sql.ref('user_key'))}
      union select place_key from warehouse.place where ${isOld(sql.ref('place_key'))}
      union select place_key from warehouse.subscription where ${isOld(sql.ref('place_key'))}
    `.execute(within)
    const keys = rows.map(({ key }) => key as `playground:${string}`)
    await erase(within, keys)
    for (const place of keys) {
      await within.deleteFrom('warehouse.place').where('place_key', '=', place).execute()
      await forgetDigests(within, place)
    }
    await forgetWhere(within, isOld)
    // Their places are named after them.
    return new Set(keys.map((key) => key.split('.')[0])).size
  })
}
