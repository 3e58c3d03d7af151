import { beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../../../core/app.ts'
import { createApp } from '../../../core/app.ts'
import type { RateTable } from '../../../core/catalogue/prices.ts'
import type { Requester, RequestOf } from '../../../core/command-request.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { gameId, type PlaceKey } from '../../../core/ids.ts'
import { type PlaceSettings, UNSET } from '../../../core/places/place.ts'
import type { Places } from '../../../core/places/places.ts'
import type { Reply } from '../../../core/reply.ts'
import { game } from '../../support/builders/games.ts'
import { asker } from '../../support/builders/requesters.ts'
import { memoryPlaces } from '../../support/fakes/memory-places.ts'
import { memoryCatalogue, memoryPorts } from '../../support/fakes/ports.ts'
import { RATES } from '../../support/fakes/rates.ts'

const HERE: PlaceKey = 'discord:5'
const MANAGER: Partial<Requester> = { manages: 'place' }

/** Ten games that cost $9.99, half of what they did. */
const shelf = Array.from({ length: 10 }, (_, at) =>
  game({ id: gameId(101 + at), name: `Game ${101 + at}`, tags: ['Roguelike'], developers: [`Studio ${at}`] }),
)

let places: Places
let app: App

function open(set: Partial<PlaceSettings> = {}, table: () => RateTable = () => RATES): void {
  places = memoryPlaces({ [HERE]: set })
  const rates = { table: async () => table() }
  app = createApp(memoryPorts({ catalogue: memoryCatalogue(shelf), places, rates }))
}

beforeEach(() => open())

function settings(given: Partial<RequestOf<'settings'>> = {}, who = MANAGER): Promise<Reply> {
  return app.handle({
    ...{ kind: 'settings', language: undefined, serverLanguage: undefined, currency: undefined },
    ...{ mature: undefined, block: [], unblock: [], channels: undefined },
    ...asker(who),
    ...given,
  })
}

function curate(maxPrice?: number, who: Partial<Requester> = {}): Promise<Reply> {
  const wish = { ...ANYTHING, genres: ['Roguelike'], maxPrice }
  return app.handle({
    ...{ kind: 'curate', filterInput: wish, sort: 'acclaimed', hideOwned: false, count: 10 },
    ...asker(who),
  })
}

const titles = (reply: Reply) =>
  reply.blocks.flatMap((block) => (block.kind === 'game' ? [block.card.title] : []))
const text = (reply: Reply) => JSON.stringify(reply.blocks)

function press(reply: Reply, label: string): Promise<Reply> {
  const cards = reply.blocks.flatMap((block) =>
    block.kind === 'game' ? [...block.card.buttons, ...(block.card.open ? [block.card.open] : [])] : [],
  )
  const button = [...reply.buttons, ...cards].find((one) => one.label.includes(label) && !one.disabled)
  if (!button) throw new Error(`no button “${label}”`)
  return app.handle({ ...asker(), kind: 'press', action: button.action })
}

describe('the currency of a place', () => {
  it('is told beside each price, and is that of the limits that are typed there', async () => {
    expect(text(await settings({ currency: 'South Korean won' }))).toContain(
      'Currency: South Korean Won (KRW)',
    )
    expect(text(await curate())).toContain('$9.99 (≈ ₩13,041; −50%, was $19.99)')
    expect(titles(await curate(13_041))).toHaveLength(5)
    const none = await curate(13_040)
    expect(none.summary).toContain('a price up to ₩13,040')
    expect(none.summary).toContain('10 games with a price up to ₩13,041')
  })

  it.each(['Next', '📣 Share', 'Game 108', '✨'])('is told behind the button “%s” as well', async (label) => {
    open({ currency: 'KRW' })
    expect(text(await press(await curate(), label))).toContain('≈ ₩13,041')
  })

  it('is that of the place alone', async () => {
    open({ currency: 'KRW' })
    for (const place of [undefined, 'discord:6'] as const) {
      expect(text(await curate(undefined, { place }))).toContain('"$9.99 (−50%, was $19.99)"')
      expect(titles(await curate(9.99, { place }))).toHaveLength(5)
    }
  })

  it.each([
    ['KRV', 'Did you mean KRW?'],
    ['KWD', 'Try a code of three letters'],
    ["'; drop table place --", 'I don’t have an exchange rate for'],
  ])('is refused where it has no rate, and nothing else is saved: %s', async (currency, sentence) => {
    const refused = await settings({ currency, mature: true })
    expect(refused.summary).toContain(sentence)
    expect(await places.settings(HERE)).toEqual(UNSET)
  })

  it('is taken back by none', async () => {
    open({ currency: 'KRW', mature: true })
    expect(text(await settings({ currency: 'none' }))).toContain('Currency: none set.')
    expect(await places.settings(HERE)).toEqual({ ...UNSET, mature: true })
  })

  it('cannot be chosen before rates are loaded, and is told again when they are', async () => {
    let table: RateTable = new Map()
    open({ currency: 'KRW' }, () => table)
    expect((await settings({ currency: 'EUR' })).summary).toContain('npm run import -- rates')
    expect(text(await settings())).toContain('There’s no exchange rate for it right now')
    expect(text(await curate())).not.toContain('≈')
    expect(titles(await curate(9.99))).toHaveLength(5)
    table = RATES
    expect(text(await settings({ currency: 'EUR' }))).toContain('Currency: Euro (EUR)')
    expect(text(await curate())).toContain('≈ €9.23')
  })
})
