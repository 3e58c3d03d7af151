import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import { SteamFailure } from '../../../core/steam/steam-failure.ts'
import { readStoreAnswer } from '../../../core/steam/store-details.ts'
import recorded from '../../fixtures/steam/store_appdetails_620.json' with { type: 'json' }

const PORTAL = gameId(620)

/** The recorded answer with some fields otherwise. */
function answer(fields: Readonly<Record<string, unknown>> = {}) {
  return { '620': { success: true, data: { ...recorded['620'].data, ...fields } } }
}

function read(fields: Readonly<Record<string, unknown>> = {}) {
  const found = readStoreAnswer(answer(fields), PORTAL)
  if (found.kind !== 'page') throw new Error('no page')
  return found.details
}

function failureOf(payload: unknown): string {
  try {
    readStoreAnswer(payload, PORTAL)
  } catch (error) {
    if (error instanceof SteamFailure) return error.kind
    throw error
  }
  return 'none'
}

describe('a page of the store', () => {
  it('is read as it was recorded', () => {
    expect(read()).toEqual({
      game: 620,
      name: 'Portal 2',
      type: 'game',
      description: expect.stringContaining('Perpetual Testing Initiative'),
      developers: ['Valve'],
      publishers: ['Valve'],
      genres: ['Action', 'Adventure'],
      categories: ['Single-player', 'Co-op', 'Steam Achievements'],
      languages: expect.stringContaining('English<strong>*</strong>'),
      platforms: ['windows', 'linux'],
      price: { cents: 999, initialCents: 999, discount: 0 },
      released: '18 Apr, 2011',
      requiredAge: 0,
      adult: false,
      website: 'http://www.thinkwithportals.com/',
      imageUrl: expect.stringContaining('header.jpg'),
    })
  })

  it('costs nothing where it is free, and an unknown price where it is not sold or not in dollars', () => {
    expect(read({ is_free: true, price_overview: undefined }).price?.cents).toBe(0)
    expect(read({ price_overview: undefined }).price).toBeUndefined()
    const euros = { currency: 'EUR', initial: 999, final: 999, discount_percent: 0 }
    expect(read({ price_overview: euros }).price).toBeUndefined()
  })

  it('has an age written in any of the ways, and is for adults where the store says so', () => {
    expect(['18', '17+', 16, 'any'].map((age) => read({ required_age: age }).requiredAge)).toEqual([
      18,
      17,
      16,
      undefined,
    ])
    const adult = (...ids: number[]) => read({ content_descriptors: { ids, notes: null } }).adult
    expect([adult(1, 2, 5), adult(1, 3), adult(4)]).toEqual([false, true, true])
  })

  it('loses a field that it breaks, and no other', () => {
    const broken = {
      genres: 'none',
      platforms: [],
      release_date: null,
      content_descriptors: [],
      website: null,
    }
    expect(read(broken)).toMatchObject({
      ...{ name: 'Portal 2', genres: [], platforms: [], released: '', website: '', adult: false },
      price: { cents: 999 },
    })
  })

  it('is none where the store has removed it, or shows another app in its place', () => {
    expect(readStoreAnswer({ '620': { success: false } }, PORTAL)).toEqual({ kind: 'no-page' })
    expect(readStoreAnswer(answer({ steam_appid: 400 }), PORTAL)).toEqual({ kind: 'no-page' })
  })

  it('tells those who ask too fast, by an answer of nothing, from what cannot be read', () => {
    expect(failureOf(null)).toBe('away')
    for (const payload of [{}, [], 'x', { '621': { success: true } }, answer({ name: '' })]) {
      expect(failureOf(payload)).toBe('garbled')
    }
    expect(failureOf({ '620': { success: true, data: [] } })).toBe('garbled')
  })

  it('is read or refused whatever it holds', () => {
    const field = fc.constantFrom(...Object.keys(recorded['620'].data))
    fc.assert(
      fc.property(field, fc.jsonValue(), (name, value) => {
        expect(['away', 'garbled', 'none']).toContain(failureOf(answer({ [name]: value })))
      }),
    )
  })
})
