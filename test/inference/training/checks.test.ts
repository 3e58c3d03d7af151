import { expect, it } from 'vitest'
import type { Interactions } from '../../../core/training/interactions.ts'
import { checkInteractions, checkRecipe, vocabularyOf } from '../../../inference/training/checks.ts'
import { memoryNeeded } from '../../../inference/training/memory.ts'
import { DEFAULT, EASE, SEED } from '../../../inference/training/variants.ts'
import { interactionsOf } from '../../support/builders/interactions.ts'

const two = interactionsOf([{ 10: 5, 20: 0 }, { 10: 7 }])
const PLENTY = 1e12

it('takes what is right', () => {
  expect(() => checkInteractions(two)).not.toThrow()
  for (const recipe of [DEFAULT, EASE, SEED]) expect(() => checkRecipe(recipe)).not.toThrow()
})

it.each<[string, Interactions, RegExp]>([
  ['nothing at all', interactionsOf([]), /^there are no interactions to train on: run `npm run import/],
  ['one player', interactionsOf([{ 10: 1, 20: 2 }]), /^there is only one player/],
  ['a negative playtime', interactionsOf([{ 10: -3 }, { 10: 1 }]), /^player 0 has -3 minutes in game 10/],
  ['an appid of 0', { ...two, games: Int32Array.of(0, 20, 10) }, /^player 0 has 0 for an appid/],
  [
    'a pair twice',
    { ...two, games: Int32Array.of(20, 20, 10) },
    /^player 0 has game 20 out of order or twice/,
  ],
  ['missing playtimes', { ...two, minutes: Int32Array.of(1) }, /^the interactions are cut short/],
])('refuses %s in one sentence', (_, interactions, message) => {
  expect(() => checkInteractions(interactions)).toThrow(message)
})

it('refuses NaN, wherever it came from', () => {
  const minutes = Float64Array.of(5, Number.NaN, 7) as unknown as Int32Array
  expect(() => checkInteractions({ ...two, minutes })).toThrow(/^player 0 has NaN minutes in game 20/)
})

it.each([
  [{ l2: 0 }, /^--l2 must be a number above 0, not 0/],
  [{ l2: Number.NaN }, /^--l2 must be a number above 0, not NaN/],
  [{ dropout: 1 }, /^dropout must be 0 to below 1/],
  [{ targetExponent: Number.POSITIVE_INFINITY }, /^an exponent must be 0 to 2/],
  [{ input: { owned: 1, played: Number.NaN, playedOver: 0 } }, /^a game's value must be 0 or more/],
])('refuses the option %o', (option, message) => {
  expect(() => checkRecipe({ ...EASE, ...option })).toThrow(message)
})

it('says how many players the most owned game has, where none has enough', () => {
  expect(() => vocabularyOf(two, 3, PLENTY)).toThrow(
    'no game has 3 players, the most has 2: import more players, or lower --min-players',
  )
  expect(() => vocabularyOf(two, 0, PLENTY)).toThrow(/^--min-players must be a whole number of at least 1/)
})

it('says what a vocabulary needs and which --min-players would fit, where memory is short', () => {
  // 100 games with one owner, 20 with two, 5 with three.
  const upTo = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [at + 1, 1]))
  const interactions = interactionsOf([upTo(125), upTo(25), upTo(5)])
  expect(vocabularyOf(interactions, 1, memoryNeeded(125))).toHaveLength(125)
  expect(() => vocabularyOf(interactions, 1, memoryNeeded(60))).toThrow(
    '125 games need 0.000 GB of memory and 0.000 GB are free: --min-players 2 would fit (25 games)',
  )
  expect(() => vocabularyOf(interactions, 1, memoryNeeded(24))).toThrow(
    /--min-players 3 would fit \(5 games\)$/,
  )
  expect(() => vocabularyOf(interactions, 1, memoryNeeded(4))).toThrow(/no --min-players would fit$/)
  expect(vocabularyOf(interactions, 2, memoryNeeded(25))).toHaveLength(25)
})

it('refuses more games than can be solved', () => {
  const all = Int32Array.from({ length: 46_341 }, (_, at) => at + 1)
  const interactions: Interactions = {
    offsets: Uint32Array.of(0, all.length, all.length + 1),
    games: Int32Array.of(...all.subarray(0, 0), ...all, 1),
    minutes: new Int32Array(all.length + 1),
    players: Int32Array.of(1, 2),
    duplicates: 0,
    synthetic: false,
  }
  expect(() => vocabularyOf(interactions, 1, PLENTY)).toThrow(
    '46341 games are more than the 46340 that can be solved: --min-players 2 would fit (1 games)',
  )
})
