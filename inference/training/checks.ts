import type { Interactions } from '../../core/training/interactions.ts'
import { CannotTrain } from './cannot-train.ts'
import { MAX_SIZE, memoryNeeded } from './memory.ts'
import { chooseVocabulary, countOwners, type Support } from './plays.ts'
import type { Values } from './values.ts'
import type { Recipe } from './variants.ts'

/** Throws one sentence for interactions that nothing can be learnt from, or that break their own form. */
export function checkInteractions({ offsets, games, minutes, players }: Interactions): void {
  if (games.length === 0) {
    throw new CannotTrain(
      'there are no interactions to train on: run `npm run import -- players <file>` first',
    )
  }
  if (offsets.length - 1 < 2) {
    throw new CannotTrain('there is only one player to train on: import more, since a model compares players')
  }
  if (
    offsets.at(-1) !== games.length ||
    minutes.length !== games.length ||
    players.length !== offsets.length - 1
  ) {
    throw new Error('the interactions are cut short: their parts differ in length')
  }
  for (let player = 0; player + 1 < offsets.length; player++) {
    const fault = rowFault(games, minutes, offsets[player] ?? 0, offsets[player + 1] ?? 0)
    if (fault) throw new Error(`player ${players[player]} has ${fault}`)
  }
}

function rowFault(games: Int32Array, minutes: Int32Array, from: number, to: number): string | undefined {
  let before = 0
  for (let at = from; at < to; at++) {
    const game = games[at] as number
    const time = minutes[at] as number
    // Comparisons with NaN are false, so this asks for what is right rather than for what is wrong.
    if (!(game > 0 && Number.isInteger(game))) return `${game} for an appid, which must be a positive integer`
    if (!(time >= 0 && Number.isFinite(time))) return `${time} minutes in game ${game}: it must be 0 or more`
    if (game <= before) return `game ${game} out of order or twice: each must come once, ascending`
    before = game
  }
  return undefined
}

/** Throws one sentence for the first number that is out of its range. */
export function checkRecipe(recipe: Recipe): void {
  const { l2, dropout, selfWeight, power, maxShare, minLibrary, players, otherGames, labels } = recipe
  const { training, input } = recipe
  if (!(l2 > 0 && Number.isFinite(l2))) throw new Error(`--l2 must be a number above 0, not ${l2}`)
  if (!(dropout >= 0 && dropout < 1)) throw new Error(`dropout must be 0 to below 1, not ${dropout}`)
  for (const share of [selfWeight, maxShare]) {
    if (!(share >= 0 && share <= 1)) throw new Error(`a share must be 0 to 1, not ${share}`)
  }
  if (!(power > 0 && power <= 2)) throw new Error(`the power must be above 0 and at most 2, not ${power}`)
  if (!(minLibrary >= 0)) throw new Error(`the least library must be 0 games or more, not ${minLibrary}`)
  for (const exponent of exponentsOf(recipe)) {
    if (!(exponent >= 0 && exponent <= 2)) throw new Error(`an exponent must be 0 to 2, not ${exponent}`)
  }
  for (const value of [players, otherGames, labels.weight, ...numbersOf(training), ...numbersOf(input)]) {
    if (!(value >= 0 && Number.isFinite(value)))
      throw new Error(`a game's value must be 0 or more, not ${value}`)
  }
}

function exponentsOf({ ridgeExponent, playerExponent, sourceExponent, targetExponent }: Recipe): number[] {
  return [ridgeExponent, playerExponent, sourceExponent, targetExponent]
}

function numbersOf({ owned, played, playedOver, playtime }: Values): number[] {
  return [owned, played, playedOver, playtime?.weight ?? 0]
}

/** The appids to train on, ascending. Throws one sentence where there are none, or too many for the solver or the memory. */
export function vocabularyOf(interactions: Interactions, minPlayers: number, memory: number): Int32Array {
  return vocabularyWithin(countOwners(interactions), { minPlayers, memory, needed: memoryNeeded })
}

function checkMinPlayers(minPlayers: number): void {
  if (Number.isInteger(minPlayers) && minPlayers >= 1) return
  throw new Error(`--min-players must be a whole number of at least 1, not ${minPlayers}`)
}

type Bounds = {
  readonly minPlayers: number
  readonly memory: number
  /** Bytes that training on so many games takes. */
  readonly needed: (games: number) => number
}

/** The same, from how many players own each game. */
export function vocabularyWithin(support: Support, { minPlayers, memory, needed }: Bounds): Int32Array {
  checkMinPlayers(minPlayers)
  const vocabulary = chooseVocabulary(support, minPlayers)
  const n = vocabulary.length
  if (n === 0) {
    const most = support.owners.reduce((a, b) => Math.max(a, b), 0)
    throw new CannotTrain(
      `no game has ${minPlayers} players, the most has ${most}: import more players, or lower --min-players`,
    )
  }
  if (n > MAX_SIZE) {
    throw new CannotTrain(
      `${n} games are more than the ${MAX_SIZE} that can be solved: ${wouldFit(support, MAX_SIZE)}`,
    )
  }
  if (needed(n) > memory) {
    const room = Math.floor(Math.sqrt(memory / needed(1)))
    throw new CannotTrain(
      `${n} games need ${gigabytes(needed(n))} of memory and ${gigabytes(memory)} are free: ${wouldFit(support, room)}`,
    )
  }
  return vocabulary
}

/** The least --min-players that leaves at most `room` games. */
function wouldFit({ owners }: Support, room: number): string {
  const ranked = owners.toSorted().reverse()
  const least = (ranked[room] ?? 0) + 1
  const left = ranked.findIndex((count) => count < least)
  return left < 1 ? 'no --min-players would fit' : `--min-players ${least} would fit (${left} games)`
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e8 ? 3 : 1)} GB`
}
