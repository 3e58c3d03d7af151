import type { Kysely } from 'kysely'
import { expect, it } from 'vitest'
import { importGames } from '../../../db/import/games/games.ts'
import { up } from '../../../migrations/20261205_types_by_name.ts'
import { file, kaggleRow, kaggleTable } from '../../support/builders/import-files.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()

it('sets the types of a catalogue right that was imported before, but for what Steam’s pages told', async () => {
  const names = [
    'Stoneshard: Prologue',
    'Trials Fusion',
    'Secret Neighbor Beta',
    'Die Young: Prologue',
    'Some Game Beta',
  ]
  const rows = names.map((Name, at) => kaggleRow({ 'App ID': String(at + 1), Name }))
  await importGames(db, [await file(kaggleTable(...rows))])
  await db.updateTable('warehouse.game').set({ type: 'game' }).execute()
  await db.updateTable('warehouse.game').set({ store_at: new Date() }).where('appid', '>', 3).execute()
  const bare = db as unknown as Kysely<unknown>
  await up(bare)
  await up(bare)
  const games = await db.selectFrom('warehouse.game').select('type').orderBy('appid').execute()
  expect(games.map(({ type }) => type)).toEqual(['demo', 'game', 'demo', 'demo', 'game'])
})
