import type { Game } from './game.ts'

/** What any number can join over a network… */
const ONLINE = [
  'Multi-player',
  'Co-op',
  'Online Co-op',
  'Online PvP',
  'LAN Co-op',
  'MMO',
  'Massively Multiplayer',
]

/** …and what is played before one screen, by as many as fit there. */
const ONE_SCREEN = [
  'Shared/Split Screen',
  'Shared/Split Screen Co-op',
  'Shared/Split Screen PvP',
  'Local Co-Op',
]
const BEFORE_ONE_SCREEN = 4

/** Labels of games that so many can play with each other. */
export function modesFor(players: number): readonly string[] {
  return players <= BEFORE_ONE_SCREEN ? [...ONLINE, ...ONE_SCREEN] : ONLINE
}

/** The store's categories are facts; players tag many a game "Co-op" that is none, so tags count where nothing else is known. */
export function hasMode({ categories, tags, genres }: Game, modes: readonly string[]): boolean {
  const labels = categories.length > 0 ? categories : [...tags, ...genres]
  const wanted = new Set(modes.map(spelled))
  return labels.some((label) => wanted.has(spelled(label)))
}

/** "Multiplayer" and "Multi-player" are one. */
function spelled(label: string): string {
  return label.toLowerCase().replace(/[\s-]/g, '')
}
