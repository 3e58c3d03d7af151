import { readSourceFigures, type SourceFigures } from '../../db/ingest/sync-figures.ts'
import type { Db } from '../../db/postgres/connect.ts'
import type { Config } from '../config/config.ts'
import type { Check } from '../platform/finding.ts'

type Steam = Pick<Config['steam'], 'apiKey' | 'callsPerDay' | 'storeCallsPerMinute'>

/** Whether the catalogue follows the store. */
export function catalogueRefreshCheck(db: Db, steam: Steam): Check {
  return async () => {
    if (steam.storeCallsPerMinute === 0)
      return { state: 'absent', detail: 'switched off by STORE_CALLS_PER_MINUTE=0' }
    const figures = await readSourceFigures(db, new Date())
    const { wanted, fresh, shown, rest } = figures.waiting
    const detail = [
      `${wanted + fresh + shown + rest} pages of the store wait (${wanted} wanted, ${fresh} new, ${shown} shown)`,
      lastOf(figures, 'details', 'one was read'),
      isOff(steam) ? 'the list of apps is off' : lastOf(figures, 'app-list', 'the list of apps was read'),
    ].join('; ')
    const resting = figures.sources.find(
      ({ name, restsUntil }) => (name === 'details' || name === 'app-list') && restsUntil,
    )
    if (resting) return restingFinding(detail, resting)
    return steam.apiKey === undefined
      ? { state: 'well', detail, fix: 'set STEAM_API_KEY to follow new and changed games' }
      : { state: 'well', detail }
  }
}

/** Whether the libraries of those who agreed are refreshed. */
export function libraryRefreshCheck(db: Db, steam: Steam): Check {
  return async () => {
    const figures = await readSourceFigures(db, new Date())
    const agreed = figures.libraries.reduce((sum, { accounts }) => sum + accounts, 0)
    const { players, background } = figures.calls
    const detail = `${agreed} agreed, ${figures.overdue} overdue; ${players + background} of ${steam.callsPerDay} calls used today`
    if (isOff(steam)) {
      return {
        state: 'absent',
        detail: `off; ${agreed} agreed`,
        fix: steam.apiKey === undefined ? 'set STEAM_API_KEY' : 'set STEAM_CALLS_PER_DAY above 0',
      }
    }
    const resting = figures.sources.find(({ name, restsUntil }) => name === 'libraries' && restsUntil)
    return resting ? restingFinding(detail, resting) : { state: 'well', detail }
  }
}

function isOff({ apiKey, callsPerDay }: Steam): boolean {
  return apiKey === undefined || callsPerDay === 0
}

function lastOf({ sources }: SourceFigures, name: string, what: string): string {
  const at = sources.find((source) => source.name === name)?.succeededAt
  return at ? `${what} at ${at.toISOString()}` : `${what} never`
}

function restingFinding(detail: string, { failure, restsUntil }: SourceFigures['sources'][number]) {
  return {
    state: 'ill' as const,
    detail: `${detail}; ${failure}: paused until ${restsUntil?.toISOString()}`,
    fix: 'it resumes by itself; if a key is refused, set a new STEAM_API_KEY',
  }
}
