import type { AppPorts } from '../../core/app.ts'
import type { Journal } from '../../core/players/journal.ts'
import type { Rewriting } from './identity.ts'

/**
 * The core's ports for one visitor on one side: whatever is stored of them is stored under the one neutral key, so that
 * both sides show the same person, and no row is ever taken for one of a real user or server.
 */
export function visitorPorts(ports: AppPorts, keys: Rewriting): AppPorts {
  const own = <P extends object>(port: P) => rewritten(port, keys)
  return {
    ...ports,
    answers: own(ports.answers),
    accounts: own(ports.accounts),
    places: own(ports.places),
    records: own(ports.records),
    opinions: own(ports.opinions),
    consents: own(ports.consents),
    digests: { ...ports.digests, subscriptions: own(ports.digests.subscriptions) },
    // A proof would take the account from its owner on a real platform.
    loginUrl: undefined,
  }
}

export function visitorJournal(journal: Journal, keys: Rewriting): Journal {
  return { ...journal, ...rewritten({ record: journal.record }, keys) }
}

/** Each method with the keys exchanged in what it is given, and exchanged back in what it answers. */
function rewritten<P extends object>(port: P, { toStored, toSide }: Rewriting): P {
  const methods = Object.entries(port).map(([name, method]) => [
    name,
    async (...given: unknown[]) =>
      replaced(await method(...given.map((one) => replaced(one, toStored))), toSide),
  ])
  return Object.fromEntries(methods) as P
}

/** Through lists, maps and plain objects; whatever else there is stays as it is. */
function replaced(value: unknown, exchange: (text: string) => string): unknown {
  if (typeof value === 'string') return exchange(value)
  if (Array.isArray(value)) return value.map((one) => replaced(one, exchange))
  if (value instanceof Map)
    return new Map([...value].map(([key, one]) => [replaced(key, exchange), replaced(one, exchange)]))
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, exchange)]))
}
