import { describe, expect, it } from 'vitest'
import { classify, type Labels } from '../../../db/import/classify.ts'

const labels = (some: Partial<Labels>): Labels => ({
  name: 'Some Game',
  type: 'game',
  genres: [],
  categories: [],
  tags: [],
  requiredAge: undefined,
  ...some,
})
const tags = (...names: string[]) => names.map((name) => ({ name, votes: 1 }))

describe('the type of a game', () => {
  it.each([
    [{ name: 'Celeste' }, 'game'],
    [{ name: 'Demolition Derby' }, 'game'],
    [{ name: 'Party Animals Playtest' }, 'demo'],
    [{ name: 'Puzzle Walker (Demo)' }, 'demo'],
    [{ name: 'Celeste - Original Soundtrack' }, 'soundtrack'],
    [{ name: 'Unturned - Dedicated Server' }, 'tool'],
    [{ genres: ['Casual', 'Indie', 'Utilities'] }, 'tool'],
    [{ categories: ['Single-player', 'Downloadable Content'] }, 'dlc'],
    [{ type: 'DLC' }, 'dlc'],
    [{ type: 'hardware' }, 'other'],
    [{ type: undefined }, undefined],
    [{ type: undefined, tags: tags('Software') }, 'tool'],
    [{ type: undefined, tags: tags('Design & Illustration') }, undefined],
  ])('%o is %s', (some, type) => {
    expect(classify(labels(some)).type).toBe(type)
  })
})

describe('indie', () => {
  it.each([
    [{ genres: ['Action', 'Indie'] }, true],
    [{ genres: ['Action'], tags: tags('Indie') }, false],
    [{ genres: ['Инди'] }, true],
    [{ tags: tags('Indie') }, true],
    [{ tags: tags('Action') }, false],
    [{}, undefined],
  ])('%o is %s', (some, indie) => {
    expect(classify(labels(some)).indie).toBe(indie)
  })
})

describe('mature', () => {
  it.each([
    [{ tags: tags('Nudity') }, true],
    [{ genres: ['Sexual Content'] }, true],
    [{ tags: tags('Hentai', 'Puzzle') }, true],
    [{ requiredAge: 18 }, true],
    [{ tags: tags('Gore', 'Violent', 'Mature') }, false],
    [{ requiredAge: 17, tags: tags('Action') }, false],
    [{}, undefined],
  ])('%o is %s', (some, mature) => {
    expect(classify(labels(some)).mature).toBe(mature)
  })
})
