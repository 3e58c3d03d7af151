import { type Kysely, sql } from 'kysely'
import { typeByName } from '../db/import/games/name-type.ts'

type Row = { readonly appid: number; readonly name: string; readonly store_at: Date | null }

const BATCH = 20_000

/** Prologues, demos, soundtracks and their like are no games any more, in catalogues that were imported before as well. */
export async function up(db: Kysely<unknown>): Promise<void> {
  let after = 0
  for (;;) {
    const { rows } = await sql<Row>`
      select appid, name, store_at from warehouse.game
      where type = 'game' and appid > ${after} order by appid limit ${BATCH}
    `.execute(db)
    const typed = rows.flatMap(({ appid, name, store_at }) => {
      const type = typeByName(name, { isSteamsGame: store_at !== null })
      return type === undefined ? [] : [{ appid, type }]
    })
    await sql`
      update warehouse.game set type = typed.type
      from jsonb_to_recordset(${JSON.stringify(typed)}::jsonb) as typed(appid integer, type text)
      where game.appid = typed.appid
    `.execute(db)
    after = rows.at(-1)?.appid ?? after
    if (rows.length < BATCH) return
  }
}
