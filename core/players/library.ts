import type { GameId, SteamId } from '../ids.ts'

export type OwnedGame = {
  readonly game: GameId
  /** Total playtime in minutes. */
  readonly minutes: number
  readonly name: string | undefined
}

/** Whom to ask Steam about: an id, or a vanity name that Steam has yet to resolve. */
export type SteamTarget =
  | { readonly kind: 'id'; readonly id: SteamId }
  | { readonly kind: 'vanity'; readonly name: string }

export type Library = {
  readonly steamId: SteamId
  /** Ascending by game, no game twice. */
  readonly games: readonly OwnedGame[]
  readonly fetchedAt: Date
}

/** What Steam said of a player. Only `library` has something to score. */
export type LibraryAnswer =
  /** `stale`: Steam did not answer, and this is the last snapshot. */
  | { readonly kind: 'library'; readonly library: Library; readonly stale: boolean }
  | { readonly kind: 'empty'; readonly steamId: SteamId }
  | { readonly kind: 'no-profile' }
  | { readonly kind: 'private-profile' }
  | { readonly kind: 'hidden-games' }
