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

/** What somebody typed for a Steam account, read once. `target`: undefined where it can be none. */
export type TypedAccount = { readonly typed: string; readonly target: SteamTarget | undefined }

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

/** Fetches what a player owns. Throws `Unavailable('steam' | 'steam-key' | 'no-steam-key')` where not even a snapshot can be had. */
export interface Libraries {
  of(target: SteamTarget): Promise<LibraryAnswer>
  /** Drops what is held in memory of an account. */
  forget(steamId: SteamId): void
}

/** Who somebody is on Steam. Throws `Unavailable('steam' | 'steam-key' | 'no-steam-key')`. */
export interface Profiles {
  /** The account that was meant; undefined where Steam knows none. */
  identify(target: SteamTarget): Promise<SteamId | undefined>
  /** The name shown on the profile at this moment; undefined where there is no such account. */
  personaName(steamId: SteamId): Promise<string | undefined>
}

/** Remembers libraries for the hours when Steam is away; says nothing of who asked. */
export interface Snapshots {
  save(library: Library): Promise<void>
  /** Steam shows it no longer: what is being fetched at this moment is not saved either. */
  forget(steamId: SteamId): Promise<void>
  latest(steamId: SteamId): Promise<Library | undefined>
}

/** A game of a library, as it counts. `times`: what its minutes make it count, so many times over; 0 is left out and says nothing. */
export type WeightedGame = OwnedGame & { readonly times?: number }
