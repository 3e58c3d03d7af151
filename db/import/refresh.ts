import { sql } from 'kysely'
import { refreshAverageTaste } from '../catalogue/average-taste.ts'
import { refreshLabels } from '../catalogue/labels.ts'
import type { Db } from '../postgres/connect.ts'

/** What follows from the imported rows: the labels people may ask for, the average taste, and the planner's figures. */
export async function refreshCatalogue(db: Db): Promise<void> {
  await refreshLabels(db)
  await sql`analyze warehouse.game`.execute(db)
  await refreshAverageTaste(db)
}

export async function refreshInteractions(db: Db): Promise<void> {
  await sql`analyze warehouse.player, warehouse.interaction`.execute(db)
  await refreshAverageTaste(db)
}
