import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTiles, type Tiles } from '../../../../inference/solver/tiles.ts'
import { evenParts, gram } from '../../../../inference/training/gram/gram.ts'
import type { Weighting } from '../../../../inference/training/gram/shared-plays.ts'
import { sharePlays } from '../../../../inference/training/gram/shared-plays.ts'
import { chooseVocabulary, countOwners, type Plays, restrict } from '../../../../inference/training/plays.ts'
import { interactionsOf, type Libraries, randomLibraries } from '../../../support/builders/interactions.ts'
import { testThreads } from '../../../support/inference/threads.ts'
import { wholeOf } from '../../../support/inference/tiles.ts'

function playsOf(libraries: Libraries): Plays {
  const interactions = interactionsOf(libraries)
  return restrict(interactions, chooseVocabulary(countOwners(interactions), 1))
}

async function counted(plays: Plays, weighting: Weighting = {}, size = 16, threads = testThreads(1)) {
  const n = plays.vocabulary.length
  const tiles = createTiles({ n, size: Math.min(n, size) })
  // Whatever lies there from before is overwritten.
  for (const tile of tiles.memory) tile.fill(Number.NaN)
  await gram(sharePlays(plays, weighting), tiles, threads)
  return tiles
}

/** Σ over players of w · x_i · x_j, the long way. */
function naive(plays: Plays, values: (pair: number) => number, weight: (player: number) => number): number[] {
  const n = plays.vocabulary.length
  const sums = Array<number>(n * n).fill(0)
  for (let player = 0; player + 1 < plays.offsets.length; player++) {
    for (let a = plays.offsets[player] ?? 0; a < (plays.offsets[player + 1] ?? 0); a++) {
      for (let b = plays.offsets[player] ?? 0; b < (plays.offsets[player + 1] ?? 0); b++) {
        const at = (plays.rows[a] ?? 0) * n + (plays.rows[b] ?? 0)
        sums[at] = (sums[at] ?? 0) + weight(player) * values(a) * values(b)
      }
    }
  }
  return sums
}

const library = fc.dictionary(fc.integer({ min: 1, max: 90 }).map(String), fc.integer({ min: 0, max: 999 }), {
  minKeys: 1,
})

const libraries = fc.array(library, { minLength: 1, maxLength: 12 })

it('counts for every two games how many players own both', async () => {
  await fc.assert(
    fc.asyncProperty(libraries, fc.integer({ min: 1, max: 100 }), async (owned, size) => {
      const plays = playsOf(owned)
      const one = () => 1
      expect(wholeOf(await counted(plays, {}, size))).toEqual(naive(plays, one, one))
    }),
  )
})

it('weighs pairs and players', async () => {
  const plays = playsOf(randomLibraries(40, 90))
  const values = Float32Array.from(plays.rows, (_, pair) => (pair % 5) / 4)
  const players = Float32Array.from({ length: 40 }, (_, player) => 1 / (player + 1))
  const expected = naive(
    plays,
    (pair) => values[pair] ?? 0,
    (player) => players[player] ?? 0,
  )
  for (const [at, value] of wholeOf(await counted(plays, { values, players })).entries()) {
    expect(value).toBeCloseTo(expected[at] ?? 0, 4)
  }
})

it('gives the same bits whatever the number of threads', async () => {
  const plays = playsOf(randomLibraries(300, 200))
  const values = Float32Array.from(plays.rows, (_, pair) => 1 / (1 + (pair % 7)))
  const players = Float32Array.from({ length: 300 }, (_, player) => 1 / (player + 3))
  const weightings = [{}, { players }, { values, players }]
  for (const weighting of weightings) {
    const alone = bitsOf(await counted(plays, weighting, 48))
    for (const threads of [testThreads(2), testThreads(3)]) {
      expect(bitsOf(await counted(plays, weighting, 48, threads))).toEqual(alone)
    }
  }
})

function bitsOf({ memory }: Tiles): string[] {
  return memory.map((tile) =>
    Buffer.from(Uint8Array.from(new Uint8Array(tile.buffer, tile.byteOffset, tile.byteLength))).toString(
      'base64',
    ),
  )
}

it('shares work out evenly, with every game in one part', () => {
  const work = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(work, fc.integer({ min: 1, max: 20 }), (loads, parts) => {
      const cuts = evenParts(Float64Array.from(loads), parts)
      expect(cuts.length).toBeLessThanOrEqual(parts)
      expect(cuts.flatMap(([from, to]) => loads.keys().toArray().slice(from, to))).toEqual([...loads.keys()])
      const total = loads.reduce((sum, each) => sum + each, 0)
      for (const [from, to] of cuts) {
        const part = loads.slice(from, to).reduce((sum, each) => sum + each, 0)
        expect(part).toBeLessThanOrEqual(total / parts + Math.max(...loads))
      }
    }),
  )
})

it('keeps only games with enough owners, ascending', () => {
  const interactions = interactionsOf([
    { 30: 1, 10: 0 },
    { 30: 5, 20: 2 },
    { 10: 7, 30: 0 },
  ])
  const vocabulary = chooseVocabulary(countOwners(interactions), 2)
  expect(vocabulary).toEqual(Int32Array.of(10, 30))
  const plays = restrict(interactions, vocabulary)
  expect(plays.offsets).toEqual(Uint32Array.of(0, 2, 3, 5))
  expect(plays.rows).toEqual(Int32Array.of(0, 1, 1, 0, 1))
  expect(plays.minutes).toEqual(Int32Array.of(0, 1, 5, 7, 0))
})
