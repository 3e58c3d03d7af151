import { type GameId, parseGameId } from '../ids.ts'
import type { Problem } from '../problem.ts'
import type { Catalogue } from './catalogue.ts'
import { type Found, findGame, isTitle, numberInAddress } from './find-game.ts'

/** No title has more of the marks that part a list. */
const PARTS_IN_TITLE = 4

/**
 * Games in the order in which they were named, or the problem with the first that nobody knows. `typed`: a list as it was
 * parted at semicolons, which also stand in titles; commas part as well, where what they part is no title. `known`: numbers
 * that mean something here, whatever the catalogue has.
 */
export async function nameGames(
  catalogue: Catalogue,
  typed: readonly string[],
  known: readonly GameId[] = [],
): Promise<Found[] | Problem> {
  const games = new Map<GameId, Found>()
  for (const text of await titlesOf(catalogue, typed)) {
    const number = numberInAddress(text) ?? parseGameId(text)
    const found =
      number !== undefined && known.includes(number)
        ? { game: number, name: text, guessed: false, others: [] }
        : await findGame(catalogue, text)
    if ('kind' in found) return found
    if (!games.has(found.game)) games.set(found.game, found)
  }
  return [...games.values()]
}

/** "STEINS", "GATE" and "Papers, Please, Hades" are three titles. */
async function titlesOf(catalogue: Catalogue, parts: readonly string[]): Promise<string[]> {
  const whole = await joined(catalogue, parts, ';')
  const lists = whole.map(async (text) => {
    const pieces = text
      .split(',')
      .map((piece) => piece.trim())
      .filter((piece) => piece !== '')
    if (pieces.length < 2 || (await isTitle(catalogue, text))) return [text]
    const titles = await joined(catalogue, pieces, ', ')
    const known = await Promise.all(titles.map((title) => isTitle(catalogue, title)))
    return known.some(Boolean) ? titles : [text]
  })
  return (await Promise.all(lists)).flat()
}

/** Neighbours that make a title together, the longest first; the others as they are. */
async function joined(catalogue: Catalogue, parts: readonly string[], mark: string): Promise<string[]> {
  const titles: string[] = []
  for (let at = 0; at < parts.length; ) {
    const length = await longestTitle(catalogue, parts.slice(at, at + PARTS_IN_TITLE), mark)
    titles.push(parts.slice(at, at + length).join(mark))
    at += length
  }
  return titles
}

async function longestTitle(catalogue: Catalogue, parts: readonly string[], mark: string): Promise<number> {
  for (let length = parts.length; length > 1; length -= 1) {
    if (await isTitle(catalogue, parts.slice(0, length).join(mark))) return length
  }
  return 1
}
