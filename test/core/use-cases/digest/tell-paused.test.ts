import { expect, it } from 'vitest'
import type { Poster } from '../../../../core/digest/poster.ts'
import type { Subscription, SubscriptionId } from '../../../../core/digest/subscription.ts'
import type { UserKey } from '../../../../core/ids.ts'
import type { Reply } from '../../../../core/reply.ts'
import { createTellPaused } from '../../../../core/use-cases/digest/tell-paused.ts'
import { formatterFor } from '../../../support/builders/platforms.ts'
import { memoryAccounts } from '../../../support/fakes/ports.ts'

const MAKER: UserKey = 'discord:1'
const PAUSED: Subscription = {
  ...{ id: 'one' as SubscriptionId, number: 3, place: 'discord:5', channel: 'discord:7', createdBy: MAKER },
  schedule: { weekday: 'friday', time: '17:00', timezone: 'UTC' },
  ...{ genres: [], count: 5, locale: 'ko', call: undefined, nextDueAt: new Date(0) },
  paused: { why: 'archived', since: new Date(0) },
}

type Told = { readonly user: UserKey; readonly summary: string; readonly shown: string }

function telling({ reached = true } = {}) {
  const accounts = memoryAccounts()
  const told: Told[] = []
  const poster: Pick<Poster, 'tell'> = {
    async tell(user, { summary, blocks }: Reply) {
      told.push({ user, summary, shown: JSON.stringify(blocks) })
      return reached
    },
  }
  return { accounts, told, tellPaused: createTellPaused({ accounts, formatterFor, posterFor: () => poster }) }
}

it('tells the maker which digest has paused, where and why, in the digest’s language', async () => {
  const { told, tellPaused } = telling()
  expect(await tellPaused(PAUSED, 'archived')).toBe(true)
  expect(told).toMatchObject([{ user: MAKER, summary: expect.stringMatching(/3번.*보관/) }])
  expect(told[0]?.shown).toContain('{"channel":"discord:7"}')
})

it('speaks the language that the maker chose', async () => {
  const { accounts, told, tellPaused } = telling()
  await accounts.setLocale(MAKER, 'en')
  await tellPaused(PAUSED, 'archived')
  expect(told[0]?.summary).toBe(
    'Digest 3 is paused: the channel or thread is archived. /digest resume resumes it.',
  )
})

it('says so where nobody was reached: no message got there, no maker is known, or the platform is not here', async () => {
  expect(await telling({ reached: false }).tellPaused(PAUSED, 'archived')).toBe(false)
  const { accounts, told, tellPaused } = telling()
  expect(await tellPaused({ ...PAUSED, createdBy: undefined }, 'archived')).toBe(false)
  const nowhere = createTellPaused({ accounts, formatterFor, posterFor: () => undefined })
  expect(await nowhere(PAUSED, 'archived')).toBe(false)
  expect(told).toEqual([])
})
