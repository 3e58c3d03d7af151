import type { Log } from '../../log.ts'
import { appListCall, readAppPage } from '../app-list.ts'
import { SteamFailure } from '../steam-failure.ts'
import type { WebApi } from '../web-api.ts'
import { BudgetSpent, createBudgetedApi, nextDay } from './budgeted-api.ts'
import type { AppList, CallBudget, Sources } from './ports.ts'
import { restMs } from './rest.ts'

export type AppListPorts = {
  readonly api: WebApi
  readonly budget: CallBudget
  readonly appList: AppList
  readonly sources: Sources
  readonly now: () => Date
  readonly log: Log
  readonly signal: AbortSignal
}

const EVERY_MS = 3_600_000

/** A process that was killed holds the reading up for so long. */
const CLAIM_MS = 300_000
const CALL_MS = 60_000

export type AppListRead = { readonly pages: number; readonly apps: number }

/**
 * Reads what is new in the list of all apps, page by page, in one process at a time and at most once an hour; goes on where
 * a killed or hindered reading stopped. Undefined where it is not the time. Only what the database throws is thrown.
 */
export async function readAppList(ports: AppListPorts): Promise<AppListRead | undefined> {
  const { sources, now } = ports
  const startedAt = now()
  if (!(await sources.claim('app-list', startedAt, later(startedAt, CLAIM_MS)))) return undefined
  const counts = { pages: 0, apps: 0 }
  try {
    const whole = await readPages(ports, counts)
    if (whole) await sources.succeeded('app-list', now(), later(startedAt, EVERY_MS))
    return counts
  } catch (error) {
    await explain(ports, error)
    return counts
  }
}

/** False where the signal ended it, or somebody else has gone on. */
async function readPages(ports: AppListPorts, counts: { pages: number; apps: number }): Promise<boolean> {
  const { api, budget, appList, sources, now, signal } = ports
  const ask = createBudgetedApi(api, budget, now)
  let { modifiedSince, after } = await appList.open(now())
  while (!signal.aborted) {
    const deadline = {
      at: now().getTime() + CALL_MS,
      signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
    }
    const page = readAppPage(await ask(appListCall(after, modifiedSince), deadline), after)
    if (!(await appList.add(page, after))) return false
    counts.pages += 1
    counts.apps += page.apps.length
    if (page.next === undefined) return true
    after = page.next
    await sources.rest('app-list', later(now(), CLAIM_MS))
  }
  return false
}

async function explain({ sources, now, log, signal }: AppListPorts, error: unknown): Promise<void> {
  if (error instanceof BudgetSpent) {
    await sources.rest('app-list', nextDay(now()))
    log('info', "the app list waits for tomorrow: today's Steam API calls are used up")
  } else if (error instanceof SteamFailure) {
    if (signal.aborted) return
    await sources.failed('app-list', error, now(), restMs(error))
    log('warn', 'pausing the app list', { reason: error.message })
  } else throw error
}

function later(date: Date, ms: number): Date {
  return new Date(date.getTime() + ms)
}
