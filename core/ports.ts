import type { Filter } from './filter.ts'
import type { Game } from './game.ts'
import type { AnswerId, GameId, SteamId, UserKey } from './ids.ts'
import type { Library, LibraryAnswer, OwnedGame, SteamTarget } from './library.ts'

/** Fetches what a player owns. Throws `Unavailable('steam' | 'steam-key')` where not even a snapshot can be had. */
export interface Libraries {
  of(target: SteamTarget): Promise<LibraryAnswer>
}

/** Remembers libraries for the hours when Steam is away; says nothing of who asked. */
export interface Snapshots {
  save(library: Library): Promise<void>
  latest(steamId: SteamId): Promise<Library | undefined>
}

/** A genre, tag or category that exists in the catalogue, with the number of indie games that carry it. */
export type Label = { readonly name: string; readonly games: number }

export interface Catalogue {
  /**
   * All indie games of type `game` that pass the filter and no operator has blocked, ascending. The same array object
   * comes back for the same filter until the catalogue is read again, so that callers may key caches on it.
   */
  allowed(filter: Filter): Promise<readonly GameId[]>
  /** All indie games of type `game`, ascending, whatever the rules of a place say: for measurement and evaluation. */
  indie(): Promise<readonly GameId[]>
  /** Facts for those of the games that the catalogue knows. */
  facts(games: readonly GameId[]): Promise<ReadonlyMap<GameId, Game>>
  /**
   * Allowed games nearest to the tags of the owned ones, well-reviewed first: what is offered without the model.
   * Never one that is owned. Ordered best first, ties by id.
   */
  alike(owned: readonly OwnedGame[], filter: Filter, limit: number): Promise<readonly GameId[]>
  /** The label that a person meant (case and spaces do not matter), or undefined. */
  label(text: string): Promise<Label | undefined>
  /** Labels for what has been typed so far: those that begin with it, then those that contain it, then similar ones. */
  labels(typed: string, limit: number): Promise<readonly Label[]>
}

export type Reason = {
  readonly game: GameId
  /** This game's positive contribution / the sum of the positive contributions; 0 to 1. */
  readonly share: number
}

export type Ranked = {
  readonly game: GameId
  readonly score: number
  /** Greatest share first, at most three. */
  readonly reasons: readonly Reason[]
}

export interface Scorer {
  /**
   * The best allowed games that are not owned, best first, ties by id. Empty where no game of the library is in the
   * model's vocabulary. Throws `Unavailable('inference')`.
   */
  rank(owned: readonly OwnedGame[], allowed: readonly GameId[], limit: number): Promise<readonly Ranked[]>
}

/** Where the picks came from: the model, or the catalogue because the model could not be asked or knew no game. */
export type Source = 'model' | 'catalogue-away' | 'catalogue-unknown'

/** A pick as it was explained: names as they were known then, since a library may hold games the catalogue does not. */
export type StoredPick = {
  readonly game: GameId
  readonly score: number
  readonly reasons: readonly (Reason & { readonly name: string })[]
}

/** Enough to show an answer again, after a restart too. Holds no Steam ID: who was asked about stays with the asker. */
export type StoredAnswer = {
  readonly id: AnswerId
  readonly user: UserKey
  readonly picks: readonly StoredPick[]
  /** How many games the library held. */
  readonly gamesRead: number
  /** Steam showed no minutes, so ownership alone counted. */
  readonly playtimeHidden: boolean
  readonly source: Source
  /** When the library was fetched, if Steam was away and a snapshot served. */
  readonly staleSince: Date | undefined
}

export interface Answers {
  save(answer: StoredAnswer): Promise<void>
  find(id: AnswerId): Promise<StoredAnswer | undefined>
  /** True for the first caller only: an answer is shared once. */
  claimShare(id: AnswerId): Promise<boolean>
  /** Gives a claim back when the post could not be made. */
  releaseShare(id: AnswerId): Promise<void>
}

/** One line per command, for operators and for the refresh loop; no Steam ID, no text a person typed. */
export interface Journal {
  record(entry: {
    readonly kind: string
    readonly user: UserKey
    readonly outcome: string
    readonly milliseconds: number
  }): Promise<void>
}
