import type { GameLabels } from '../../../core/catalogue/game-labels.ts'
import { createRandom, type Libraries } from './interactions.ts'

/** Each player likes one of four kinds of indie games, and everybody owns some that are no indie games. */
export function tasteLibraries(players: number): Libraries {
  const random = createRandom(5)
  return Array.from({ length: players }, (_, player) => {
    const kind = player % 4
    const indie = Array.from({ length: 25 }, (_, at) => 1000 + kind * 25 + at).filter(() => random() < 0.6)
    const others = Array.from({ length: 30 }, (_, at) => 1 + at).filter(() => random() < 0.6)
    const minutes = () => (random() < 0.8 ? 200 : 0)
    return Object.fromEntries([...others, ...indie].map((game) => [game, minutes()]))
  })
}

export const INDIE_GAMES: ReadonlySet<number> = new Set(Array.from({ length: 100 }, (_, at) => 1000 + at))

/** Indie games are tagged by their kind; the others are all of one sort. */
export async function readTasteLabels(games: Int32Array): Promise<GameLabels[]> {
  return Array.from(games, (game) =>
    INDIE_GAMES.has(game)
      ? { indie: true, tag: [`kind ${Math.floor((game - 1000) / 25)}`, 'indie'] }
      : { indie: false, tag: ['not indie'] },
  )
}
