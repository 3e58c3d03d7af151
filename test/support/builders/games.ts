import type { Game } from '../../../core/catalogue/game.ts'
import { gameId } from '../../../core/ids.ts'

/** A game about which everything is known; a test names what matters to it. */
export function game(known: Partial<Game> = {}): Game {
  return {
    id: gameId(620),
    name: 'Deep Rock Diner',
    description: 'Cook underground.',
    developers: ['Pickaxe Kitchen'],
    publishers: ['Pickaxe Kitchen'],
    genres: ['Indie', 'Simulation'],
    categories: ['Single-player'],
    tags: ['Cooking', 'Mining'],
    languages: ['English'],
    platforms: ['Windows'],
    price: { cents: 999, initialCents: 1999, discount: 50, currency: 'USD' },
    reviews: { share: 0.93, count: 1234 },
    release: { at: '2021-03-05', precision: 'day' },
    website: undefined,
    imageUrl: 'https://shared.akamai.steamstatic.com/store_item_assets/steam/apps/620/header.jpg',
    mature: false,
    ...known,
  }
}
