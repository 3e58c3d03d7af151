import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import { createLikeness } from '../../../core/recommend/likeness.ts'
import { game } from '../../support/builders/games.ts'

const tagged = (id: number, ...tags: string[]) => game({ id: gameId(id), tags, developers: [`Studio ${id}`] })

const among = new Map(
  [
    tagged(1, '2D', 'Indie', 'Roguelike'),
    tagged(2, '2D', 'Indie', 'Roguelike'),
    tagged(3, '2D', 'Indie', 'Farming'),
    tagged(4, '2D', 'Indie', 'Horror'),
  ].map((one) => [one.id, one]),
)
const [first, twin, other] = [...among.values()] as [
  ReturnType<typeof game>,
  ReturnType<typeof game>,
  ReturnType<typeof game>,
]
const likeness = createLikeness(among)

describe('likeness', () => {
  it('is 1 for the same tags and 0 for none in common', () => {
    expect(likeness.of(first, twin)).toBe(1)
    expect(likeness.of(first, tagged(9, 'Racing'))).toBe(0)
    expect(likeness.of(tagged(8), tagged(9))).toBe(0)
  })

  it('counts what few games carry for more than what all do', () => {
    const common = tagged(8, '2D', 'Puzzle')
    const rare = tagged(9, 'Roguelike', 'Puzzle')
    expect(likeness.of(first, rare)).toBeGreaterThan(likeness.of(first, common))
    expect(likeness.of(first, common)).toBeGreaterThan(0)
  })

  it('names what both carry, the most telling first', () => {
    expect(likeness.shared(first, twin)).toEqual(['Roguelike', '2D', 'Indie'])
    expect(likeness.shared(first, other)).toEqual(['2D', 'Indie'])
  })

  it('holds two games of one studio for alike whatever their tags', () => {
    const [a, b] = [tagged(1, 'Racing'), { ...tagged(2, 'Chess'), developers: ['Studio 1'] }]
    expect(likeness.of(a, b)).toBe(0.7)
  })

  it('is the same both ways, and never outside 0 to 1', () => {
    const tags = fc.subarray(['2D', 'Indie', 'Roguelike', 'Farming', 'Horror', 'Racing', 'Chess'])
    fc.assert(
      fc.property(tags, tags, (left, right) => {
        const [a, b] = [tagged(8, ...left), tagged(9, ...right)]
        expect(likeness.of(a, b)).toBeCloseTo(likeness.of(b, a))
        expect(likeness.of(a, b)).toBeGreaterThanOrEqual(0)
        expect(likeness.of(a, b)).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })
})
