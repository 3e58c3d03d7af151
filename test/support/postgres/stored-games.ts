import type { Insertable } from 'kysely'
import { refreshLabels } from '../../../db/catalogue/labels.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import type { GameTable } from '../../../db/postgres/schema.ts'

type Wanted = Partial<Omit<Insertable<GameTable>, 'tags'>> & {
  readonly appid: number
  /** Votes by name. */
  readonly tags?: Readonly<Record<string, number>>
}

/** Puts games into the catalogue as an import would: indie and of type game unless a test says otherwise. */
export async function storeGames(db: Db, ...games: readonly Wanted[]): Promise<void> {
  const rows = games.map(({ tags = {}, ...game }) => ({
    name: `Game ${game.appid}`,
    type: 'game',
    indie: true,
    source: 'test',
    ...game,
    tags: JSON.stringify(tags),
  }))
  await db.insertInto('warehouse.game').values(rows).execute()
  await refreshLabels(db)
}

export async function emptyCatalogue(db: Db): Promise<void> {
  await db.deleteFrom('warehouse.game').execute()
  await db.deleteFrom('warehouse.blocked_game').execute()
  await db.deleteFrom('warehouse.label').execute()
}
