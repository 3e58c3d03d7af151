import type { Sources } from '../../core/steam/sync/ports.ts'
import { refreshLabels } from '../catalogue/labels.ts'
import type { Db } from '../postgres/connect.ts'
import { planApps } from './plan-apps.ts'

const EVERY_MS = 3_600_000

/** Counts of calls are for operators, who look at the last month. */
const CALLS_KEPT_DAYS = 30
const DAY_MS = 86_400_000

/**
 * Decides which pages of the store are to be read next, and counts labels anew where pages changed the catalogue. In one
 * process, once an hour; false where it is not the time.
 */
export async function keepCatalogueInOrder(
  db: Db,
  sources: Sources,
  now: Date,
  when: 'hourly' | 'now' = 'hourly',
): Promise<boolean> {
  const next = new Date(now.getTime() + EVERY_MS)
  if (when === 'now') await sources.rest('upkeep', next)
  else if (!(await sources.claim('upkeep', now, next))) return false
  const since = await lastUpkeep(db)
  await planApps(db, now)
  if (await hasChanged(db, since)) await refreshLabels(db)
  await db
    .deleteFrom('warehouse.steam_calls')
    .where('day', '<', new Date(now.getTime() - CALLS_KEPT_DAYS * DAY_MS).toISOString().slice(0, 10))
    .execute()
  await sources.succeeded('upkeep', now, next)
  return true
}

async function lastUpkeep(db: Db): Promise<Date | undefined> {
  const row = await db
    .selectFrom('warehouse.source')
    .select('succeeded_at')
    .where('name', '=', 'upkeep')
    .executeTakeFirst()
  return row?.succeeded_at ?? undefined
}

/** Since then, by a page of the store; imports count anew by themselves. */
async function hasChanged(db: Db, since = new Date(0)): Promise<boolean> {
  const changed = await db
    .selectFrom('warehouse.game')
    .select('appid')
    .where('store_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return changed !== undefined
}
