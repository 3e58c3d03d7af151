import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reasonFor } from '../../../core/cards/game-card.ts'
import { NO_FILTER } from '../../../core/catalogue/filter.ts'
import { type GameId, gameId } from '../../../core/ids.ts'
import { nearest } from '../../../core/recommend/nearest.ts'
import { spreadStudios, tellingTags } from '../../../core/recommend/nearness.ts'
import { recommendFor } from '../../../core/recommend/recommend.ts'
import type { Scorer } from '../../../core/recommend/scorer.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { game } from '../../support/builders/games.ts'
import { memoryCatalogue } from '../../support/fakes/ports.ts'

const TARGET = gameId(1)
const TELLING = ['Deckbuilder', 'Time Loop']
/** Everything carries "2D"; few carry the telling tags; each fifth game is by the target's studio. */
const shelf = Array.from({ length: 60 }, (_, i) =>
  game({
    id: gameId(i + 1),
    name: `Game ${i + 1}`,
    tags: ['2D', ...(i % 10 === 0 ? ['Deckbuilder'] : []), ...(i % 12 === 0 ? ['Time Loop'] : [])],
    developers: [i % 5 === 0 ? 'Loop Works' : `Studio ${i}`],
    reviews: { share: i % 7 === 3 ? 0.4 : 0.9, count: 100 },
    mature: false,
  }),
)
const byId = new Map(shelf.map((one) => [one.id, one]))
const catalogue = memoryCatalogue(shelf)

/** Popular games first; of every fourth game many players own the target as well. */
const scorer: Scorer = {
  rank: async (owned, allowed) =>
    allowed
      .filter((id) => !owned.some((one) => one.game === id))
      .map((id) => ({
        game: id,
        score: 1 / id,
        reasons: [],
        owners: 5_000 / id,
        bothOwn: id % 4 === 0 ? 25 : 19,
      })),
}

async function near(count: number) {
  const target = byId.get(TARGET) ?? game()
  return nearest({ catalogue, scorer }, { game: target, filter: NO_FILTER, count, without: [] })
}

describe('the games near one', () => {
  it('are each given with what is true of both', async () => {
    const found = await near(20)
    expect(found.picks.length).toBeGreaterThan(10)
    for (const { game: id } of found.picks.filter(({ score }) => score > 0)) {
      const fact = byId.get(id)
      const common = found.inCommon(id)
      expect(common?.studio).toBe(fact?.developers[0] === 'Loop Works')
      expect(common?.tags.toSorted()).toEqual(TELLING.filter((tag) => fact?.tags.includes(tag)))
      // Neither studio nor a telling tag: then twenty players own both, or it is not given.
      if (!common?.studio && common?.tags.length === 0) expect(id % 4).toBe(0)
    }
  })

  it('are none that most who reviewed it dislike, and no more than two of five are by one studio', async () => {
    const { picks } = await near(10)
    const studios = picks.map(({ game: id }) => byId.get(id)?.developers[0])
    for (const five of [studios.slice(0, 5), studios.slice(5, 10)]) {
      expect(five.filter((studio) => studio === 'Loop Works').length).toBeLessThanOrEqual(2)
    }
    for (const { game: id, score } of picks)
      if (score > 0) expect(byId.get(id)?.reviews?.share).toBeGreaterThan(0.5)
  })

  it('come before more popular ones where a game is named, too', async () => {
    const owned = [{ game: gameId(1), minutes: 60, name: undefined }]
    const first = async (named: readonly GameId[]) => {
      const { picks } = await recommendFor(
        { catalogue, scorer },
        { owned, filter: NO_FILTER, count: 3, named },
      )
      return picks[0]?.game
    }
    expect(await first([])).toBe(2)
    // The most popular game of the same studio.
    expect(await first([TARGET])).toBe(6)
  })
})

describe('the reason that is shown', () => {
  it('names the studio, else the tags, else the players', () => {
    const strings = stringsIn('en')
    const pick = { game: TARGET, score: 1, reasons: [], owned: false }
    expect(reasonFor({ ...pick, shared: ['Time Loop'], sameStudio: true }, strings)).toBe(
      'By the same studio',
    )
    expect(reasonFor({ ...pick, shared: ['Time Loop'] }, strings)).toBe('Both are tagged Time Loop')
    expect(reasonFor({ ...pick, shared: [] }, strings)).toBe('Many players own both')
  })
})

describe('tags', () => {
  it('are telling where fewer than a fifth of all games carry them', async () => {
    expect([...(await tellingTags(catalogue, game({ tags: ['2D', ...TELLING] })))]).toEqual(TELLING)
  })
})

describe('studios', () => {
  it('have no more than two games among any five of a list, which otherwise keeps its order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        (made, count) => {
          const facts = new Map(
            made.map((studio, at) => {
              const id = gameId(at + 1)
              return [id, game({ id, developers: studio === 3 ? [] : [`Studio ${studio}`] })]
            }),
          )
          const picks = [...facts.keys()].map((id) => ({ game: id }))
          const chosen = spreadStudios(picks, facts, count)
          for (let from = 0; from < chosen.length; from += 5) {
            const studios = chosen
              .slice(from, from + 5)
              .flatMap((one) => facts.get(one.game)?.developers ?? [])
            for (const studio of studios)
              expect(studios.filter((one) => one === studio).length).toBeLessThanOrEqual(2)
          }
          const distinct = new Set(chosen.map((one) => one.game))
          expect(distinct.size).toBe(chosen.length)
          const of = (studio: string) =>
            chosen.filter((one) => facts.get(one.game)?.developers[0] === studio).map((one) => one.game)
          for (const studio of ['Studio 0', 'Studio 1', 'Studio 2']) {
            expect(of(studio)).toEqual(of(studio).toSorted((a, b) => a - b))
          }
        },
      ),
    )
  })
})
