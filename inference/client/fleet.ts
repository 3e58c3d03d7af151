import type { Log } from '../../core/log.ts'
import { type Endpoint, HttpError } from './endpoint.ts'

/**
 * Several servers with the same models. A request goes to the one that has the fewest of ours in hand, those with equally
 * many in turn. One that fails three times in a row is left alone, and asked whether it is well before it gets requests
 * again: no player waits for that. Where all are left alone, all are asked, since nothing is lost by it.
 */
export type Fleet = {
  /** One server gets all the time; where there is another, the first gets a part of it, and a failure is tried there once more. */
  run<T>(work: (endpoint: Endpoint, signal: AbortSignal) => Promise<T>): Promise<T>
}

type Member = {
  readonly endpoint: Endpoint
  inFlight: number
  /** In a row. */
  failures: number
  /** How often it was left alone since it was last well. */
  ejections: number
  /** Left alone until then at least; undefined: it is not. */
  restsUntil: number | undefined
  probing: boolean
}

type Options = {
  /** As they are now; the same object for the same server. */
  readonly endpoints: () => Promise<readonly Endpoint[]>
  /** For a request in all. */
  readonly timeoutMs: number
  readonly log: Log
  readonly restMs?: number
}

const FAILURES_TO_EJECT = 3
const FIRST_REST_MS = 1_000
const LONGEST_REST_MS = 30_000
const PROBE_MS = 1_000
/** An answer takes milliseconds: who needs longer than this part of the time will not come. */
const FIRST_TRY = 1 / 3

export function createFleet({ endpoints, timeoutMs, log, restMs = FIRST_REST_MS }: Options): Fleet {
  const members = new Map<Endpoint, Member>()
  let turn = 0

  async function current(): Promise<Member[]> {
    const present = await endpoints()
    for (const endpoint of [...members.keys()]) if (!present.includes(endpoint)) members.delete(endpoint)
    return present.map((endpoint) => {
      const member = members.get(endpoint) ?? newMember(endpoint)
      members.set(endpoint, member)
      return member
    })
  }

  /** In the order in which to ask them. */
  async function candidates(): Promise<Member[]> {
    const all = await current()
    const now = performance.now()
    for (const member of all) if (isDue(member, now)) void probe(member)
    const first = turn++ % Math.max(1, all.length)
    const inTurn = [...all.slice(first), ...all.slice(0, first)]
    return inTurn.sort((a, b) => Number(rests(a)) - Number(rests(b)) || a.inFlight - b.inFlight)
  }

  async function probe(member: Member): Promise<void> {
    member.probing = true
    const problem = await member.endpoint.problem(AbortSignal.timeout(PROBE_MS)).catch(String)
    member.probing = false
    if (member.restsUntil === undefined) return
    if (problem === undefined) welcome(member)
    else rest(member)
  }

  function rest(member: Member): void {
    const forMs = Math.min(LONGEST_REST_MS, restMs * 2 ** member.ejections)
    member.ejections += 1
    member.restsUntil = performance.now() + forMs
  }

  function welcome(member: Member): void {
    member.restsUntil = undefined
    member.failures = 0
    log('info', 'an inference server answers again', { server: member.endpoint.name })
  }

  function onFailure(member: Member, error: unknown): void {
    log('debug', 'an inference server gave no answer', { server: member.endpoint.name, error: String(error) })
    if (!isSick(error)) return
    member.failures += 1
    if (member.failures < FAILURES_TO_EJECT || member.restsUntil !== undefined) return
    rest(member)
    log('warn', 'pausing requests to an inference server', { server: member.endpoint.name })
  }

  function onSuccess(member: Member): void {
    member.failures = 0
    member.ejections = 0
    if (member.restsUntil !== undefined) welcome(member)
  }

  async function ask<T>(member: Member, work: Parameters<typeof run<T>>[0], forMs: number): Promise<T> {
    member.inFlight += 1
    try {
      const answer = await work(member.endpoint, AbortSignal.timeout(Math.max(1, Math.floor(forMs))))
      onSuccess(member)
      return answer
    } catch (error) {
      onFailure(member, error)
      throw error
    } finally {
      member.inFlight -= 1
    }
  }

  async function run<T>(work: (endpoint: Endpoint, signal: AbortSignal) => Promise<T>): Promise<T> {
    const startedAt = performance.now()
    const [first, second] = await candidates()
    if (!first) throw new Error('no inference server is configured')
    if (!second) return ask(first, work, timeoutMs)
    try {
      return await ask(first, work, timeoutMs * FIRST_TRY)
    } catch {
      return ask(second, work, timeoutMs - (performance.now() - startedAt))
    }
  }

  return { run }
}

function newMember(endpoint: Endpoint): Member {
  return { endpoint, inFlight: 0, failures: 0, ejections: 0, restsUntil: undefined, probing: false }
}

function rests({ restsUntil }: Member): boolean {
  return restsUntil !== undefined
}

function isDue({ restsUntil, probing }: Member, now: number): boolean {
  return restsUntil !== undefined && now >= restsUntil && !probing
}

/** A server that finds fault with a request is well. */
function isSick(error: unknown): boolean {
  return !(error instanceof HttpError) || error.status >= 500
}
