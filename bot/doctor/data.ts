import type { Db } from '../../db/postgres/connect.ts'
import { shortcomings } from '../../db/postgres/fitness.ts'
import { isNewer, newerMigrations, pendingMigrations } from '../../db/postgres/migrate.ts'
import { createRefreshes } from '../../db/training/refreshes.ts'
import { OtherFormat } from '../../inference/model/manifest.ts'
import { readManifest, verify, versionFolder, versions } from '../../inference/model/model-files.ts'
import type { Config } from '../config/config.ts'
import type { Check } from '../platform/finding.ts'

export function migrationsCheck(db: Db): Check {
  return async () => {
    const newer = await newerMigrations(db)
    if (newer.length > 0) return { state: 'ill', detail: isNewer(newer) }
    const pending = await pendingMigrations(db)
    return pending.length === 0
      ? { state: 'well', detail: 'up to date' }
      : {
          state: 'ill',
          detail: `${pending.join(', ')} not applied`,
          fix: 'start the bot once: npm start applies them',
        }
  }
}

/** Whether the role may do what the program does, and the database holds what players write. */
export function fitnessCheck(db: Db): Check {
  return async () => {
    const found = await shortcomings(db)
    return found.length === 0
      ? { state: 'well', detail: 'permissions, encoding and locale are fine' }
      : {
          state: 'ill',
          detail: found.map(({ detail }) => detail).join('; '),
          fix: found.map(({ fix }) => fix).join('; '),
        }
  }
}

/** `real`: how many are not of the shipped sample. */
export function countGames(db: Db): Promise<{ readonly games: number; readonly real: number }> {
  return db
    .selectFrom('warehouse.game')
    .select((eb) => [
      eb.fn.countAll<number>().as('games'),
      eb.fn.countAll<number>().filterWhere('source', '!=', 'sample').as('real'),
    ])
    .executeTakeFirstOrThrow()
}

export function catalogueCheck(db: Db): Check {
  return async () => {
    const { games, real } = await countGames(db)
    if (games === 0) return { state: 'ill', detail: 'no games', fix: 'npm run import -- games <file or URL>' }
    return real === 0
      ? {
          state: 'well',
          detail: `${games} games of the sample; npm run import -- games <file or URL> loads the real ones`,
        }
      : { state: 'well', detail: `${games} games` }
  }
}

export function ratesCheck(db: Db): Check {
  return async () => {
    const { currencies, day } = await db
      .selectFrom('warehouse.exchange_rate')
      .select((eb) => [eb.fn.countAll<number>().as('currencies'), eb.fn.max('day').as('day')])
      .executeTakeFirstOrThrow()
    return currencies === 0
      ? {
          state: 'absent',
          detail: 'none loaded',
          fix: 'npm run import -- rates <file or URL> lets communities choose their currency',
        }
      : { state: 'well', detail: `${currencies} currencies, of ${day}` }
  }
}

/** Whether the model goes on learning, and how that went last. */
export function learningCheck(db: Db, { cron }: Pick<Config['learning'], 'cron'>): Check {
  return async () => {
    const last = await createRefreshes(db).last()
    const schedule = cron === undefined ? 'off' : `${cron} UTC`
    if (!last) return { state: 'absent', detail: `no refresh yet; schedule: ${schedule}` }
    const { kind, state, startedAt, reason } = last
    const detail = `last ${kind} ${state}, ${startedAt.toISOString()}${reason === undefined ? '' : ` (${reason})`}; schedule: ${schedule}`
    return state === 'failed' || state === 'abandoned'
      ? { state: 'ill', detail, fix: 'run npm run refresh to try again and see why' }
      : { state: 'well', detail }
  }
}

const WITHOUT_MODEL: Awaited<ReturnType<Check>> = {
  state: 'ill',
  detail: 'no model: picks come from tags and reviews',
  fix: 'npm run import -- players <file or URL>, then npm run train',
}

export function modelCheck(modelDir: string): Check {
  return async () => {
    const newest = (await versions(modelDir)).at(-1)
    if (newest === undefined) return WITHOUT_MODEL
    const folder = versionFolder(modelDir, newest)
    try {
      await verify(folder)
    } catch (error) {
      const { message } = error as Error
      const what = error instanceof OtherFormat ? 'cannot be served' : 'is damaged'
      return { state: 'ill', detail: `version ${newest} ${what}: ${message}`, fix: 'npm run train' }
    }
    const { created, counts } = await readManifest(folder)
    return {
      state: 'well',
      detail: `version ${newest} of ${created}, ${counts.games} games, ${playersIn(counts)}`,
    }
  }
}

function playersIn({ players }: Readonly<Record<string, number>>): string {
  return players === undefined ? 'from a ready-made Gram matrix' : `${players} players`
}
