import { createApp } from '../../../core/app.ts'
import type { RateTable } from '../../../core/catalogue/prices.ts'
import type { CommandRequest, Requester } from '../../../core/command-request.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { type ChannelKey, gameId, type PlaceKey, type UserKey } from '../../../core/ids.ts'
import type { Locale } from '../../../core/locale.ts'
import type { PlaceSettings } from '../../../core/places/place.ts'
import type { Reply } from '../../../core/reply.ts'
import { memoryPlaces } from '../fakes/memory-places.ts'
import { memoryCatalogue, memoryPorts } from '../fakes/ports.ts'
import { RATES } from '../fakes/rates.ts'
import { game } from './games.ts'
import { asker } from './requesters.ts'

const HOSTILE = '<@1> @everyone <!channel> [free](https://evil.example) *bold* `code` \u202Egnp.exe'
const ENDLESS = '*🕹️_& 가나다'.repeat(800)

const NAMES = ['하데스', 'Papers, Please', HOSTILE, ENDLESS]
const shelf = NAMES.map((name, at) => game({ id: gameId(at + 1), name }))

/** Where somebody is on each platform, and how its channels are called. */
const SCENES = {
  discord: {
    user: 'discord:1',
    place: 'discord:5',
    channel: (at: number) => `discord:${64502790666951 + at}`,
  },
  slack: { user: 'slack:T1.U1', place: 'slack:T1', channel: (at: number) => `slack:T1.C${1000 + at}` },
} as const satisfies Record<string, { user: UserKey; place: PlaceKey; channel: (at: number) => ChannelKey }>

const NOTHING = {
  ...({ kind: 'settings', language: undefined } as const),
  ...{ serverLanguage: undefined, currency: undefined, mature: undefined },
  ...{ block: [], unblock: [], channels: undefined },
}

/** What the core says of a place and its settings, so that the golden files show the sentences that people read. */
export async function placeReplies(
  locale: Locale,
  platform: keyof typeof SCENES,
): Promise<Readonly<Record<string, Reply>>> {
  const { user, place, channel } = SCENES[platform]
  const channels = (count: number) => Array.from({ length: count }, (_, at) => channel(at))
  const much: Partial<PlaceSettings> = {
    ...{ locale: 'ko', currency: 'KRW', mature: true, channels: channels(23) },
    blocked: Array.from({ length: 30 }, (_, at) => gameId(at + 1)),
  }
  const within = (set: Partial<PlaceSettings>, table: RateTable = RATES) => {
    const places = memoryPlaces({ [place]: set })
    const rates = { table: async () => table }
    const app = createApp(memoryPorts({ catalogue: memoryCatalogue(shelf), places, rates }))
    return (what: Pick<CommandRequest, 'kind'> & Record<string, unknown>, who: Partial<Requester> = {}) =>
      app.handle({
        ...asker({ user, place, locale, channel: channel(99), ...who }),
        ...what,
      } as CommandRequest)
  }
  const bare = within({})
  const full = within(much)
  const given = (change: object) => ({ ...NOTHING, ...change })
  return {
    'settings-alone': await bare(given({}), { place: undefined }),
    'settings-nothing': await bare(given({})),
    'settings-much': await full(given({})),
    'settings-saved': await within({})(
      given({ mature: true, block: ['papers, please', '1'], channels: channels(2) }),
      { manages: 'place' },
    ),
    'settings-managers-only': await bare(given({ mature: true })),
    'settings-managers-unknown': await bare(given({ mature: true }), { manages: 'unknown' }),
    'settings-no-place': await bare(given({ mature: true }), { place: undefined }),
    'settings-unknown-currency': await bare(given({ currency: HOSTILE }), { manages: 'place' }),
    'settings-no-rates': await within({ currency: 'KRW' }, new Map())(given({ currency: 'KRW' }), {
      manages: 'place',
    }),
    'settings-rates-lost': await within({ currency: 'KRW' }, new Map())(given({})),
    elsewhere: await full({ kind: 'curate', filterInput: ANYTHING, sort: 'new', hideOwned: false, count: 5 }),
    'no-channel': await bare({
      kind: 'unclear',
      problem: { kind: 'no-channel', asked: HOSTILE, example: { command: 'settings', option: 'channels' } },
    }),
    'foreign-channel': await bare({ kind: 'unclear', problem: { kind: 'foreign-channel', asked: '<#1>' } }),
  }
}
