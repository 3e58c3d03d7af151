import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gram } from '../../inference/gram.ts'
import { chooseVocabulary, countOwners, type Plays, restrict } from '../../inference/plays.ts'
import { interactionsOf, type Libraries, randomLibraries } from '../support/interactions.ts'

function playsOf(libraries: Libraries): Plays {
  const interactions = interactionsOf(libraries)
  return restrict(interactions, chooseVocabulary(countOwners(interactions), 1))
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

it('counts for every two games how many players own both', () => {
  fc.assert(
    fc.property(fc.array(library, { minLength: 1, maxLength: 12 }), (libraries) => {
      const plays = playsOf(libraries)
      const one = () => 1
      expect([...gram(plays)]).toEqual(naive(plays, one, one))
    }),
  )
})

it('weighs pairs and players', () => {
  const plays = playsOf(randomLibraries(40, 90))
  const values = Float32Array.from(plays.rows, (_, pair) => (pair % 5) / 4)
  const players = Float32Array.from({ length: 40 }, (_, player) => 1 / (player + 1))
  const expected = naive(
    plays,
    (pair) => values[pair] ?? 0,
    (player) => players[player] ?? 0,
  )
  for (const [at, value] of gram(plays, { values, players }).entries()) {
    expect(value).toBeCloseTo(expected[at] ?? 0, 4)
  }
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
