import type { Log } from '../../log.ts'
import type { RateLimiter } from '../../rate-limiter.ts'
import { Unavailable } from '../../unavailable.ts'
import { createPlayers, type Players } from '../players.ts'
import { SteamFailure } from '../steam-failure.ts'
import type { WebApi } from '../web-api.ts'
import { BudgetSpent, createBudgetedApi, nextDay } from './budgeted-api.ts'
import type { CallBudget, ClaimedLibrary, LibraryRefreshes, Sources } from './ports.ts'
import { restMs } from './rest.ts'
import { nextTurn } from './turns.ts'

export type LibraryPorts = {
  readonly api: WebApi
  readonly budget: CallBudget
  readonly refreshes: LibraryRefreshes
  readonly sources: Sources
  readonly pace: RateLimiter
  readonly now: () => Date
  readonly log: Log
  readonly signal: AbortSignal
}

export type Refreshed = {
  readonly kept: number
  /** Private, hidden, empty or gone. */
  readonly unseen: number
  /** The owner took the consent back meanwhile. */
  readonly withdrawn: number
}

/** All processes together; far below what one key may do in a day, so that Steam is never asked in bursts. */
const EVERY_MS = 500

const LEASE_MS = 120_000
const CALL_MS = 15_000

/**
 * Fetches the libraries whose turn has come, one after another, until none is left, Steam wants a rest, or the signal ends
 * it. Any number of processes may do so at once: each account is in the hands of one. Only what the database throws is thrown.
 */
export async function refreshLibraries(ports: LibraryPorts): Promise<Refreshed> {
  const { refreshes, sources, now, pace, signal } = ports
  const players = createPlayers(createBudgetedApi(ports.api, ports.budget, now), now, refreshes.forget)
  const counts = { kept: 0, unseen: 0, withdrawn: 0 }
  await refreshes.plan(now())
  while (!signal.aborted && !(await sources.resting('libraries', now()))) {
    // First: between the claim, which asks whether the owner still agrees, and the request lies no wait.
    if (!(await turn(pace, signal))) break
    const claimed = await refreshes.claim(now(), LEASE_MS)
    if (!claimed) break
    const outcome = await refreshOne(ports, players, claimed)
    if (outcome === 'stop') break
    counts[outcome] += 1
  }
  return counts
}

async function turn(pace: RateLimiter, signal: AbortSignal): Promise<boolean> {
  try {
    await pace.acquire('steam-background', EVERY_MS, signal)
    return true
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}

async function refreshOne(
  ports: LibraryPorts,
  players: Players,
  claimed: ClaimedLibrary,
): Promise<keyof Refreshed | 'stop'> {
  const { refreshes, sources, now, signal } = ports
  const { user, steamId, lease } = claimed
  try {
    const deadline = {
      at: now().getTime() + CALL_MS,
      signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
    }
    const answer = await players.library(steamId, deadline)
    if (answer.kind !== 'library') return await unseen(ports, claimed, answer.kind)
    const kept = await refreshes.keep(lease, answer.library, nextTurn(user, now()))
    await sources.succeeded('libraries', now())
    return kept ? 'kept' : 'withdrawn'
  } catch (error) {
    return fail(ports, claimed, error instanceof Unavailable ? error.cause : error)
  }
}

async function unseen(
  { refreshes, sources, now }: LibraryPorts,
  { lease, user, failures }: ClaimedLibrary,
  why: Parameters<LibraryRefreshes['unseen']>[1],
): Promise<'unseen'> {
  await refreshes.unseen(lease, why, nextTurn(user, now(), failures + 1))
  await sources.succeeded('libraries', now())
  return 'unseen'
}

/** What says something of Steam stops all of it; what says something of one account puts that account off. */
async function fail(
  ports: LibraryPorts,
  claimed: ClaimedLibrary,
  error: unknown,
): Promise<'unseen' | 'stop'> {
  const { refreshes, sources, now, log, signal } = ports
  if (error instanceof SteamFailure && error.kind === 'garbled') return unseen(ports, claimed, 'garbled')
  if (!(error instanceof SteamFailure || error instanceof BudgetSpent)) throw error
  await refreshes.release(claimed.lease)
  if (error instanceof BudgetSpent) {
    await sources.rest('libraries', nextDay(now()))
    log('info', "libraries wait for tomorrow: today's Steam API calls are used up")
  } else if (!signal.aborted) {
    await sources.failed('libraries', error, now(), restMs(error))
    log('warn', 'pausing library refreshes', { reason: error.message })
  }
  return 'stop'
}
