import type { Log } from '../../log.ts'
import type { RateLimiter } from '../../rate-limiter.ts'
import { SteamFailure } from '../steam-failure.ts'
import type { Store } from '../store.ts'
import type { AppQueue, ClaimedApp, Saved, Sources } from './ports.ts'
import { restMs } from './rest.ts'

export type DetailPorts = {
  readonly store: Store
  readonly queue: AppQueue
  readonly sources: Sources
  readonly pace: RateLimiter
  /** Calls are so far apart, of all processes together. */
  readonly everyMs: number
  readonly now: () => Date
  readonly log: Log
  readonly signal: AbortSignal
  /** After each answer. */
  readonly onAnswer?: (outcome: keyof Fetched) => void
}

/** How many pages came to what. */
export type Fetched = Readonly<Record<Saved | 'no-page' | 'garbled', number>>

/** For the waits of many processes, and the call. */
const LEASE_MS = 120_000

/**
 * Reads the pages of the apps that wait, the most wanted first, until none is left, `limit` were asked for, the store wants
 * a rest, or the signal ends it. Any number of processes may do so at once. Only what the database throws is thrown.
 */
export async function fetchDetails(ports: DetailPorts, limit = Number.POSITIVE_INFINITY): Promise<Fetched> {
  const { queue, sources, now, signal, onAnswer } = ports
  const counts = { added: 0, changed: 0, same: 0, 'passed-on': 0, 'no-page': 0, garbled: 0 }
  for (let asked = 0; asked < limit; asked += 1) {
    if (signal.aborted || (await sources.resting('details', now()))) break
    const claimed = await queue.claim(now(), LEASE_MS)
    if (!claimed) break
    const outcome = await fetchOne(ports, claimed)
    if (outcome === 'stop') break
    counts[outcome] += 1
    onAnswer?.(outcome)
  }
  return counts
}

async function fetchOne(ports: DetailPorts, claimed: ClaimedApp): Promise<keyof Fetched | 'stop'> {
  const { store, queue, sources, pace, everyMs, now, signal } = ports
  const { game, lease } = claimed
  try {
    await pace.acquire('steam-store', everyMs, signal)
    const askedAt = now()
    const answer = await store(game, signal)
    const outcome =
      answer.kind === 'page' ? await queue.save(lease, answer.details, askedAt) : ('no-page' as const)
    if (outcome === 'no-page') await queue.noPage(lease, askedAt)
    await sources.succeeded('details', now())
    return outcome
  } catch (error) {
    return fail(ports, claimed, error)
  }
}

/** A block is the store's, a page that cannot be read the game's own. */
async function fail(
  { queue, sources, now, log, signal }: DetailPorts,
  { game, lease }: ClaimedApp,
  error: unknown,
): Promise<'garbled' | 'stop'> {
  if (signal.aborted) {
    await queue.release(lease, now(), 'unasked')
    return 'stop'
  }
  if (!(error instanceof SteamFailure)) throw error
  if (error.kind === 'garbled' || error.kind === 'refused') {
    await queue.release(lease, now(), 'failed')
    log('debug', 'a page of the store cannot be read', { game, reason: error.message })
    return 'garbled'
  }
  await queue.release(lease, now(), 'unasked')
  await sources.failed('details', error, now(), restMs(error))
  log('warn', 'pausing requests to the Steam store', { reason: error.message })
  return 'stop'
}
