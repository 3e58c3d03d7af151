import { describe, expect, it } from 'vitest'
import type { Catalogue } from '../../../core/catalogue/catalogue.ts'
import type { Game } from '../../../core/catalogue/game.ts'
import { type GameId, gameId } from '../../../core/ids.ts'
import type { Ranked } from '../../../core/recommend/scorer.ts'
import { checkPinned, PINNED_LIBRARIES } from '../../../core/training/sanity-checks.ts'
import { game } from '../../support/builders/games.ts'

/** A hundred games: even ones are roguelikes with decks, odd ones are about horses. */
const GAMES: readonly Game[] = Array.from({ length: 100 }, (_, at) =>
  game({
    id: gameId(at + 1),
    name: `Game ${at + 1}`,
    tags: at % 2 === 1 ? ['Roguelike', 'Deckbuilding', 'Cards'] : ['Horses', 'Farming', 'Cute'],
  }),
)
const library = {
  name: 'decks',
  games: [2, 4, 6, 8].map((id) => ({ game: gameId(id), minutes: 600, name: undefined })),
}
const others = (test: (id: number) => boolean) =>
  GAMES.map(({ id }) => id).filter((id) => test(id) && !library.games.some((owned) => owned.game === id))

function check(
  picks: readonly GameId[],
  { known = GAMES.map(({ id }) => id as number), indie = GAMES } = {},
) {
  const facts = new Map(GAMES.map((one) => [one.id, one]))
  const catalogue = {
    allowed: async () => GAMES.map(({ id }) => id),
    indie: async () => indie.map(({ id }) => id),
    facts: async (ids: readonly GameId[]) =>
      new Map(
        ids.flatMap((id) => {
          const one = facts.get(id)
          return one ? [[id, one] as const] : []
        }),
      ),
    label: async (name: string) => ({ name, games: 50 }),
    alike: async () => others(() => true).slice(0, 20),
  } as unknown as Catalogue
  const ranked = picks.map(
    (id, at): Ranked => ({
      ...{ game: id, score: 1 - at / 100 },
      reasons: [{ game: gameId(2), share: 1 }],
    }),
  )
  const scorer = { rank: async () => ranked }
  const games = new Set<number>(known)
  return checkPinned({ catalogue, scorer }, library, (id) => games.has(id))
}

const decks = others((id) => id % 2 === 0)
const horses = others((id) => id % 2 === 1)

describe('a pinned library', () => {
  it('is sane with picks of its taste', async () => {
    expect(await check(decks)).toEqual({ name: 'decks', known: 4, picks: 10, alike: 10 })
  })

  it('is sane with some picks that are not', async () => {
    const mixed = await check([...decks.slice(0, 6), ...horses.slice(0, 4)])
    expect(mixed.fault).toBeUndefined()
    expect(mixed.alike).toBe(6)
  })

  it.each([
    ['of another taste', horses, 'only 0 of 10 picks share its tags'],
    ['too few', decks.slice(0, 4), 'only 4 picks of 10'],
    ['none', [], 'only 0 picks of 10'],
  ])('is not with picks that are %s', async (_name, picks, fault) => {
    expect((await check(picks)).fault).toContain(fault)
  })

  it('is not with a pick that is no indie game', async () => {
    const indie = GAMES.filter(({ id }) => id !== decks[0])
    expect((await check(decks, { indie })).fault).toBe('a pick is no indie game')
  })

  it('says nothing of a model that does not know its games', async () => {
    expect(await check([], { known: [2, 4] })).toEqual({ name: 'decks', known: 2, picks: 0, alike: 0 })
  })
})

it('the pinned libraries name each game once', () => {
  for (const { games } of PINNED_LIBRARIES) {
    expect(games.length).toBeGreaterThanOrEqual(7)
    expect(new Set(games.map((owned) => owned.game)).size).toBe(games.length)
  }
})
