import { expect, it } from 'vitest'
import { cutCases, splitPlayers } from '../../../inference/evaluation/split.ts'
import { chooseVocabulary, countOwners, restrict } from '../../../inference/training/plays.ts'
import { interactionsOf, randomLibraries } from '../../support/builders/interactions.ts'

const all = interactionsOf(randomLibraries(2000, 60))
const { train, test } = splitPlayers(all)

it('holds back a fifth of the players, and none of them is trained on', () => {
  expect(test.players.length / all.players.length).toBeCloseTo(0.2, 1)
  const trained = new Set(train.players)
  expect(test.players.some((player) => trained.has(player))).toBe(false)
  expect([...train.players, ...test.players].sort((a, b) => a - b)).toEqual([...all.players])
})

it('keeps every library whole', () => {
  expect(train.games.length + test.games.length).toBe(all.games.length)
  const [first = 0] = test.players
  const own = all.games.slice(all.offsets[first], all.offsets[first + 1])
  expect(test.games.slice(0, test.offsets[1])).toEqual(own)
  expect(test.minutes.slice(0, test.offsets[1])).toEqual(
    all.minutes.slice(all.offsets[first], all.offsets[first + 1]),
  )
})

it('leaves a player on his side when others come or go', () => {
  const fewer = splitPlayers({
    ...all,
    offsets: all.offsets.slice(0, 1001),
    players: all.players.slice(0, 1000),
  })
  expect([...fewer.test.players]).toEqual([...test.players].filter((player) => player < 1000))
})

it('hides a fifth of the played indie games and nothing else', () => {
  // 25 games, 12 of them indie, of which 10 were played: two are hidden.
  const library = Object.fromEntries(
    Array.from({ length: 25 }, (_, at) => [at + 1, at === 0 || at === 1 ? 0 : 60]),
  )
  const one = interactionsOf([library])
  const plays = restrict(one, chooseVocabulary(countOwners(one), 1))
  const indie = new Set(Array.from({ length: 12 }, (_, at) => at + 1))
  const [found] = cutCases(plays, one.players, indie)
  const targets = [...(found?.targets ?? [])]
  expect(targets).toHaveLength(2)
  for (const row of targets) expect(row >= 2 && row < 12).toBe(true)
  expect(found?.input).toHaveLength(23)
  expect([...(found?.input ?? []), ...targets].sort((a, b) => a - b)).toEqual([...Array(25).keys()])
  expect(found?.minutes).toHaveLength(23)
})

it.each([
  ['20 games', 20, 5, 0],
  ['4 played indie games', 21, 4, 0],
  ['21 games and 5 played indie games', 21, 5, 1],
])('judges a player with %s rightly', (_, owned, playedIndie, cases) => {
  const minutes = (at: number) => (at < playedIndie || at >= 10 ? 30 : 0)
  const library = Object.fromEntries(Array.from({ length: owned }, (_, at) => [at + 1, minutes(at)]))
  const one = interactionsOf([library])
  const plays = restrict(one, chooseVocabulary(countOwners(one), 1))
  const indie = new Set(Array.from({ length: 10 }, (_, at) => at + 1))
  const found = cutCases(plays, one.players, indie)
  expect(found).toHaveLength(cases)
  for (const { targets } of found) expect(targets.size).toBe(1)
})
