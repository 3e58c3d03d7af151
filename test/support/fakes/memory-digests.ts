import { note } from '../../../core/cards/cards.ts'
import { slotsAfter } from '../../../core/digest/schedule.ts'
import { MAX_SUBSCRIPTIONS, type SubscriptionId } from '../../../core/digest/subscription.ts'
import type { Listed } from '../../../core/digest/subscriptions.ts'
import type { AnswerId } from '../../../core/ids.ts'
import type { Consents } from '../../../core/players/consents.ts'
import type { Digests } from '../../../core/use-cases/digest/digests.ts'

/** What players agreed to, in memory. */
export function memoryConsents(): Pick<Consents, 'set' | 'of'> {
  const given = new Set<string>()
  const keyOf = (user: string, purpose: string, place = '') =>
    `${user} ${purpose} ${purpose === 'training' ? '' : place}`
  return {
    async set(user, purpose, place, agreed) {
      if (agreed) given.add(keyOf(user, purpose, place))
      else given.delete(keyOf(user, purpose, place))
    },
    of: async (user, place) => ({
      community: given.has(keyOf(user, 'community', place)),
      training: given.has(keyOf(user, 'training')),
    }),
  }
}

/** Subscriptions in memory. `listed` may be changed by a test, as deliveries would; `asked`: slots of digests asked for at once. */
export function memoryDigests(): Digests & { readonly listed: Listed[]; readonly asked: string[] } {
  const listed: Listed[] = []
  const asked: string[] = []
  const change = (id: SubscriptionId, to: Partial<Listed>) => {
    const at = listed.findIndex((one) => one.id === id)
    const found = listed[at]
    if (found) listed[at] = { ...found, ...to }
    return found
  }
  return {
    listed,
    asked,
    preview: async ({ number }) => note('answer', `preview of ${number}`),
    deliveries: {
      async add(id, { key }) {
        if (asked.includes(`${id} ${key}`)) return undefined
        asked.push(`${id} ${key}`)
        return 'dEl1_very-Qw1x' as AnswerId
      },
    },
    subscriptions: {
      of: async (place) => listed.filter((one) => one.place === place),
      async add(wanted, now) {
        const taken = listed.filter((one) => one.place === wanted.place).map(({ number }) => number)
        const free = Array.from({ length: MAX_SUBSCRIPTIONS }, (_, i) => i + 1).find(
          (n) => !taken.includes(n),
        )
        const [slot] = slotsAfter(wanted.schedule, now, 1)
        if (free === undefined || !slot) return 'full'
        const id = `${wanted.place} ${free}` as SubscriptionId
        const made = { ...wanted, id, number: free, paused: undefined, nextDueAt: slot.dueAt }
        listed.push({ ...made, last: undefined, untold: false })
        return made
      },
      pause: async (id, why, since) => change(id, { paused: { why, since } }) !== undefined,
      async resume(id, now) {
        const found = change(id, { paused: undefined })
        return found && slotsAfter(found.schedule, now, 1)[0]
      },
      async remove(id) {
        const at = listed.findIndex((one) => one.id === id)
        return at >= 0 && listed.splice(at, 1).length === 1
      },
      claimTelling: async () => false,
      markTold: async () => {},
    },
  }
}
