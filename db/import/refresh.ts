import { sql } from 'kysely'
import { refreshLabels } from '../catalogue/labels.ts'
import type { Db } from '../postgres/connect.ts'
import { refreshAverageTaste } from '../training/average-taste.ts'

/** What follows from the imported rows: the labels people may ask for, the average taste, and the planner's figures. */
export async function refreshCatalogue(db: Db): Promise<void> {
  await refreshLabels(db)
  await sql`analyze warehouse.game`.execute(db)
  await refreshAverageTaste(db)
}
