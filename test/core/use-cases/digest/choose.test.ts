import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SECTIONS, type Section } from '../../../../core/digest/delivery.ts'
import { type GameId, gameId } from '../../../../core/ids.ts'
import { type Choice, chooseDigest } from '../../../../core/use-cases/digest/choose.ts'

/** Few games in all, so that one often stands in several lists. */
const game = fc.integer({ min: 1, max: 40 }).map(gameId)
const games = fc.uniqueArray(game, { maxLength: 15 })

const choice: fc.Arbitrary<Choice> = fc.record({
  candidates: fc.record({ new: games, 'hidden-gem': games, 'on-sale': games, acclaimed: games }),
  community: games,
  without: games.map((list) => new Set(list)),
  count: fc.integer({ min: 1, max: 10 }),
})

const listOf = ({ candidates, community }: Choice, section: Section): readonly GameId[] =>
  section === 'community' ? community : candidates[section]

const range = (from: number, length: number) => Array.from({ length }, (_, at) => gameId(from + at))

/** Plenty of each, no game in two lists. */
const plenty = (count: number, more: Partial<Choice> = {}): Choice => ({
  candidates: {
    new: range(1000, 200),
    'hidden-gem': range(2000, 200),
    'on-sale': range(3000, 200),
    acclaimed: range(5000, 200),
  },
  community: range(4000, 40),
  without: new Set(),
  count,
  ...more,
})

function shares(choosing: Choice): Partial<Record<Section, number>> {
  const found = Object.groupBy(chooseDigest(choosing), ({ section }) => section)
  return Object.fromEntries(Object.entries(found).map(([section, picks]) => [section, picks.length]))
}

const holds = (property: (choosing: Choice) => void) => fc.assert(fc.property(choice, property))

describe('the games of a digest', () => {
  it('are no more than asked for, none twice, and none that was shown or blocked', () => {
    holds((choosing) => {
      const chosen = chooseDigest(choosing).map((pick) => pick.game)
      expect(chosen.length).toBeLessThanOrEqual(choosing.count)
      expect(new Set(chosen).size).toBe(chosen.length)
      expect(chosen.filter((one) => choosing.without.has(one))).toEqual([])
    })
  })

  it('stand under the heading under which they were found, best first, headings in their order', () => {
    holds((choosing) => {
      const places = chooseDigest(choosing).map((pick) => [
        SECTIONS.indexOf(pick.section),
        listOf(choosing, pick.section).indexOf(pick.game),
      ])
      expect(places.flat()).not.toContain(-1)
      expect(places).toEqual(places.toSorted(([a = 0, one = 0], [b = 0, other = 0]) => a - b || one - other))
    })
  })

  it('hold one hidden gem, where there is one and room for two games', () => {
    holds((choosing) => {
      const picks = chooseDigest(choosing)
      const gems = picks.filter(({ section }) => section === 'hidden-gem')
      expect(gems.length).toBeLessThanOrEqual(1)
      const taken = new Set([...choosing.without, ...picks.map((pick) => pick.game)])
      const left = choosing.candidates['hidden-gem'].filter((one) => !taken.has(one))
      if (choosing.count > 1 && left.length > 0) expect(gems).toHaveLength(1)
    })
  })

  it('are fewer than asked for only where nothing else is left', () => {
    holds((choosing) => {
      const picks = chooseDigest(choosing)
      const taken = new Set([...choosing.without, ...picks.map((pick) => pick.game)])
      const { candidates, community } = choosing
      const all = [candidates.new, candidates['on-sale'], community, candidates.acclaimed].flat()
      if (picks.length < choosing.count) expect(all.filter((one) => !taken.has(one))).toEqual([])
    })
  })

  it('are at most a third of one kind, as long as the well received fill up', () => {
    holds((choosing) => {
      const found = shares({ ...choosing, candidates: { ...choosing.candidates, acclaimed: range(100, 10) } })
      const most = Math.ceil(choosing.count / 3)
      for (const section of ['new', 'on-sale', 'community'] as const)
        expect(found[section] ?? 0).toBeLessThanOrEqual(most)
    })
  })

  it.each([
    [1, { new: 1 }],
    [2, { new: 1, 'hidden-gem': 1 }],
    [3, { new: 1, 'hidden-gem': 1, 'on-sale': 1 }],
    [4, { new: 1, 'hidden-gem': 1, 'on-sale': 1, community: 1 }],
    [5, { new: 2, 'hidden-gem': 1, 'on-sale': 1, community: 1 }],
    [7, { new: 2, 'hidden-gem': 1, 'on-sale': 2, community: 2 }],
    [10, { new: 3, 'hidden-gem': 1, 'on-sale': 3, community: 3 }],
  ])('of %i are these where there is plenty', (count, expected) => {
    expect(shares(plenty(count))).toEqual(expected)
  })

  it('are well received ones where there is no community and nothing new', () => {
    const { candidates } = plenty(5)
    const found = shares(plenty(5, { community: [], candidates: { ...candidates, new: [] } }))
    expect(found).toEqual({ 'hidden-gem': 1, 'on-sale': 2, acclaimed: 2 })
  })

  it('are none where nothing is left to say', () => {
    const all = new Set([...range(1000, 200), ...range(2000, 200), ...range(3000, 200), ...range(5000, 200)])
    expect(chooseDigest(plenty(10, { community: [], without: all }))).toEqual([])
  })

  it('do not run dry within twelve weeks, and none comes again', () => {
    const shown = new Set<GameId>()
    for (let week = 0; week < 12; week += 1) {
      const picks = chooseDigest(plenty(10, { without: new Set(shown) }))
      expect(picks).toHaveLength(10)
      for (const pick of picks) {
        expect(shown.has(pick.game)).toBe(false)
        shown.add(pick.game)
      }
    }
  })
})
