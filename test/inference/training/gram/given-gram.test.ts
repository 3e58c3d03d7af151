import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GramSource } from '../../../../core/training/gram-source.ts'
import { createTiles, shapeOf } from '../../../../inference/solver/tiles.ts'
import { readGram } from '../../../../inference/training/gram/given-gram.ts'
import { gram } from '../../../../inference/training/gram/gram.ts'
import { sharePlays } from '../../../../inference/training/gram/shared-plays.ts'
import { memoryNeededForGiven } from '../../../../inference/training/memory.ts'
import { createPhases } from '../../../../inference/training/phases.ts'
import { chooseVocabulary, countOwners, ownersOf, restrict } from '../../../../inference/training/plays.ts'
import { startThreads } from '../../../../inference/training/threads/threads.ts'
import { interactionsOf, type Libraries, randomLibraries } from '../../../support/builders/interactions.ts'
import { type Row, sourceOf } from '../../../support/inference/gram-rows.ts'

const read = (source: GramSource, minPlayers = 1, memory = 1e12) =>
  readGram(source, { minPlayers, memory, phases: createPhases({}) })

/** The long way: every pair both ways. */
function countPairs(libraries: Libraries): Row[] {
  const counts = new Map<string, number>()
  for (const library of libraries) {
    const games = Object.keys(library)
    for (const i of games) for (const j of games) counts.set(`${i} ${j}`, (counts.get(`${i} ${j}`) ?? 0) + 1)
  }
  return [...counts].map(([pair, count]) => {
    const [i = 0, j = 0] = pair.split(' ').map(Number)
    return [i, j, count]
  })
}

const library = fc.dictionary(fc.integer({ min: 1, max: 60 }).map(String), fc.constant(0), { minKeys: 1 })
const libraries = fc.array(library, { minLength: 2, maxLength: 15 })

it('gives the bits that the players give, for one triangle in any order and for the whole', async () => {
  const threads = startThreads(1)
  await fc.assert(
    fc.asyncProperty(
      libraries,
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.boolean()),
      async (owned, minPlayers, turns) => {
        const plays = restrict(
          interactionsOf(owned),
          chooseVocabulary(countOwners(interactionsOf(owned)), minPlayers),
        )
        fc.pre(plays.vocabulary.length > 0)
        const tiles = createTiles(shapeOf(plays.vocabulary.length))
        await gram(sharePlays(plays, {}), tiles, threads)
        const whole = countPairs(owned)
        const once = whole
          .filter(([i, j]) => i <= j)
          .map(([i, j, n], at): Row => (turns[at] ? [j, i, n] : [i, j, n]))
        for (const rows of [whole, once, whole.toReversed()]) {
          const found = await read(sourceOf(rows), minPlayers)
          expect(found.tiles).toEqual(tiles)
          expect(found.vocabulary).toEqual(plays.vocabulary)
          expect(found.owners).toEqual(ownersOf(plays))
          expect(found.pairs).toBe(plays.rows.length)
        }
      },
    ),
  )
})

it('takes pairs across tiles as well', async () => {
  const owned = randomLibraries(400, 1200, 5).map((library, at) => ({ ...library, [20_000 + 10 * at]: 1 }))
  const rows = countPairs(owned)
  const plays = restrict(interactionsOf(owned), chooseVocabulary(countOwners(interactionsOf(owned)), 1))
  const tiles = createTiles(shapeOf(plays.vocabulary.length))
  expect(tiles.memory.length).toBeGreaterThan(1)
  await gram(sharePlays(plays, {}), tiles, startThreads(1))
  const lower = rows.filter(([i, j]) => i >= j)
  for (const given of [rows, lower]) {
    const found = await read(sourceOf(given, { batch: 1000 }))
    expect(found.tiles.memory.map(bytesOf)).toEqual(tiles.memory.map(bytesOf))
  }
})

const bytesOf = (tile: Float32Array) => createHash('sha256').update(tile).digest('hex')

const GOOD: readonly Row[] = [
  [10, 10, 3],
  [20, 20, 2],
  [10, 20, 1],
]

it('takes what is right', async () => {
  await expect(read(sourceOf(GOOD))).resolves.toMatchObject({ pairs: 5, vocabulary: Int32Array.of(10, 20) })
  await expect(read(sourceOf([...GOOD, [20, 10, 1]]))).resolves.toMatchObject({ pairs: 5 })
  await expect(read(sourceOf(GOOD), 3)).resolves.toMatchObject({ vocabulary: Int32Array.of(10) })
})

describe('refuses in one sentence', () => {
  it.each<[string, readonly Row[], string]>([
    ['nothing', [], 'gram.csv has no row with i = j, which says how many players own a game'],
    ['no diagonal', [[10, 20, 1]], 'gram.csv has no row with i = j'],
    [
      'a game without its diagonal',
      [...GOOD, [10, 30, 1]],
      'the pair 30, 30, which says how many players own',
    ],
    ['a pair twice', [...GOOD, [10, 20, 1]], 'the pair 10, 20 comes twice'],
    ['a game twice', [...GOOD, [10, 10, 3]], 'the pair 10, 10 comes twice'],
    [
      'a lopsided pair',
      [...GOOD, [20, 10, 2]],
      'it is not symmetric: the pair 10, 20 has 1, and 20, 10 has 2',
    ],
    [
      'a mirror that is missing',
      [...GOOD, [20, 10, 1], [30, 30, 2], [30, 20, 1]],
      'the pair 30, 20 is there and 20, 30 is not, though others come both ways',
    ],
    ['a negative count', [...GOOD.slice(0, 2), [10, 20, -1]], 'row 3: the pair 10, 20 has -1 for count'],
    ['a broken count', [...GOOD.slice(0, 2), [10, 20, 1.5]], 'row 3: the pair 10, 20 has 1.5 for count'],
    [
      'no count',
      [...GOOD.slice(0, 2), [10, 20, Number.NaN]],
      'row 3: the pair 10, 20 has no number for count',
    ],
    ['a negative diagonal', [[10, 10, -3]], 'the pair 10, 10 has -3 for count'],
    ['an appid of 0', [...GOOD, [0, 10, 1]], 'row 4: 0 for i, which must be an appid'],
    [
      'an appid that is none',
      [...GOOD, [10, Number.NaN, 1]],
      'row 4: no number for j, which must be an appid',
    ],
    ['an appid that no integer holds', [...GOOD, [10, 2 ** 31, 1]], 'row 4: 2147483648 for j'],
    [
      'more players than a game has',
      [...GOOD.slice(0, 2), [20, 10, 3]],
      'has 3 players, and one of the games only 2',
    ],
  ])('%s', async (_, rows, sentence) => {
    const refused = read(sourceOf(rows))
    await expect(refused).rejects.toThrow(sentence)
    await expect(refused).rejects.toThrow(/^gram\.csv[^\n]+$/)
  })

  it('a vocabulary that does not fit the memory', async () => {
    await expect(read(sourceOf(GOOD), 1, memoryNeededForGiven(1))).rejects.toThrow(
      '--min-players 3 would fit',
    )
    await expect(read(sourceOf(GOOD), 4)).rejects.toThrow('no game has 4 players, the most has 3')
  })

  it('a source that says something else the second time', async () => {
    let times = 0
    const source = (second: readonly Row[]): GramSource => {
      times = 0
      return { ...sourceOf([]), read: () => sourceOf(times++ === 0 ? GOOD : second).read('all') }
    }
    const changed = 'it changed while it was read'
    await expect(read(source(GOOD.map(([i, j, n]) => [i, j, n + 1])))).rejects.toThrow(changed)
    await expect(read(source(GOOD.slice(1)))).rejects.toThrow(changed)
  })
})

describe('weights', () => {
  const weighted = (rows: readonly Row[]) => sourceOf(rows, { weighted: true })
  const fair: readonly Row[] = [
    [10, 10, 3, 2.5],
    [20, 20, 2, 2.5],
    [10, 20, 1, 0.75],
  ]

  it('are the entries, while the counts say who owns what', async () => {
    const { tiles, owners } = await read(weighted(fair))
    expect([...(tiles.memory[0] ?? [])]).toEqual([2.5, 0.75, 0.75, 2.5])
    expect([...owners]).toEqual([3, 2])
  })

  it('may differ from their mirror by rounding alone', async () => {
    await expect(read(weighted([...fair, [20, 10, 1, 0.75 * (1 + 1e-9)]]))).resolves.toBeDefined()
    await expect(read(weighted([...fair, [20, 10, 1, 0.751]]))).rejects.toThrow('it is not symmetric')
  })

  it('must count 1 on average over the vocabulary', async () => {
    const off = fair.map(([i, j, count, weight = 0]): Row => [i, j, count, weight * 1.01])
    await expect(read(weighted(off))).rejects.toThrow('only the games with at least --min-players players')
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('must not be %s', async (weight) => {
    const rows: Row[] = [...fair.slice(0, 2), [10, 20, 1, weight]]
    await expect(read(weighted(rows))).rejects.toThrow(/^gram\.csv: row 3: the pair 10, 20 has .+ for weight/)
  })
})
