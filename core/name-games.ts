import { findGame } from './find-game.ts'
import { type GameId, parseGameId } from './ids.ts'
import type { Catalogue } from './ports.ts'
import type { Problem } from './problem.ts'

const STORE_PAGE = /^(?:https?:\/\/)?store\.steampowered\.com\/(?:agecheck\/)?app\/(\d{1,10})(?:[/?#]|$)/i

type Numbered = { readonly typed: string; readonly number: GameId | undefined }

/**
 * Games by name, by number or by the address of their store page, in the order in which they were named; or the problem
 * with the first that nobody knows. `known`: numbers that mean something here, whatever the catalogue has.
 */
export async function nameGames(
  catalogue: Catalogue,
  typed: readonly string[],
  known: readonly GameId[] = [],
): Promise<GameId[] | Problem> {
  const named = typed.map((text): Numbered => ({ typed: text, number: numberIn(text) }))
  const numbers = named.flatMap(({ number }) => number ?? [])
  const taken = new Set([...known, ...(numbers.length === 0 ? [] : (await catalogue.facts(numbers)).keys())])
  const games: GameId[] = []
  for (const { typed: text, number } of named) {
    // Digits may be a name as well, as of "2048".
    const found =
      number !== undefined && taken.has(number) ? { game: number } : await findGame(catalogue, text)
    if ('kind' in found) return found
    games.push(found.game)
  }
  return games
}

function numberIn(text: string): GameId | undefined {
  return parseGameId(STORE_PAGE.exec(text)?.[1] ?? text)
}
