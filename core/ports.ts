import type { Opinion, Share } from './action.ts'
import type { Filter } from './catalogue/filter.ts'
import type { Sort } from './catalogue/filter-input.ts'
import type { Game } from './catalogue/game.ts'
import type { RateTable } from './catalogue/prices.ts'
import type { Section } from './digest/delivery.ts'
import type { Consents, Digests } from './digest/ports.ts'
import type { AnswerId, DigestOwner, GameId, PlaceKey, SteamId, UserKey } from './ids.ts'
import type { Locale } from './locale.ts'
import type { PlaceChange, PlaceSettings } from './places/place.ts'
import type { Library, LibraryAnswer, OwnedGame, SteamTarget } from './players/library.ts'
import type { AverageTaste } from './recommend/taste.ts'
import type { Examples } from './use-cases/examples.ts'

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
  /**
   * The best of what is allowed by this order, best first, ties by id; never one of `without`. Each order takes the well
   * reviewed alone; without one all come, the better received first.
   */
  best(wanted: {
    readonly filter: Filter
    readonly sort: Sort | undefined
    readonly limit: number
    readonly without: readonly GameId[]
  }): Promise<readonly GameId[]>
  /** How many `best` would give without a limit. */
  count(wanted: {
    readonly filter: Filter
    readonly sort: Sort | undefined
    readonly without: readonly GameId[]
  }): Promise<number>
  /** How many games pass the filter but for a fact on which it insists and which is unknown for them. */
  undecided(filter: Filter): Promise<number>
  /** The lowest price in cents among what is allowed; undefined where nothing with a price is. */
  cheapest(filter: Filter): Promise<number | undefined>
  /** Facts for those of the games that the catalogue knows. */
  facts(games: readonly GameId[]): Promise<ReadonlyMap<GameId, Game>>
  /**
   * Allowed games nearest to the tags of the owned ones, well-reviewed first: what is offered without the model.
   * Never one that is owned. Ordered best first, ties by id.
   */
  alike(owned: readonly OwnedGame[], filter: Filter, limit: number): Promise<readonly GameId[]>
  /**
   * Games by name for what has been typed so far, indie or not: those that are called so in any spelling, then those that
   * begin with it, then those that contain it; where there is none, similar ones.
   */
  games(typed: string, limit: number): Promise<readonly { readonly game: GameId; readonly name: string }[]>
  /** The label that a person meant (case and spaces do not matter), or undefined. */
  label(text: string): Promise<Label | undefined>
  /** Labels for what has been typed so far: those that begin with it, then those that contain it, then similar ones. */
  labels(typed: string, limit: number): Promise<readonly Label[]>
  /** What the average player plays and owns; empty before players were imported. */
  averageTaste(): Promise<AverageTaste>
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
  /** How many players of the training own it; undefined with a model that does not say. */
  readonly owners?: number | undefined
}

/** A game of a library, as it counts. `times`: what its minutes make it count, so many times over; 0 is left out and says nothing. */
export type Counted = OwnedGame & { readonly times?: number }

export interface Scorer {
  /**
   * The best allowed games that are not owned, best first, ties by id. Empty where no game that counts is in the model's
   * vocabulary. Throws `Unavailable('inference' | 'model')`.
   */
  rank(owned: readonly Counted[], allowed: readonly GameId[], limit: number): Promise<readonly Ranked[]>
}

/** Where the picks came from: the model, or the catalogue because the model could not be asked or knew no game. */
export type Source = 'model' | 'catalogue-away' | 'catalogue-unknown' | 'catalogue-alone'

/** `liked`: named or pressed, rather than owned. */
export type NamedReason = Reason & { readonly name: string; readonly liked?: boolean }

/** A pick as it was explained: names as they were known then, since a library may hold games the catalogue does not. */
export type StoredPick = {
  readonly game: GameId
  readonly score: number
  readonly reasons: readonly NamedReason[]
  /** What it has in common with the one game that was asked about: labels, the most telling first. */
  readonly shared?: readonly string[]
  /** Of several players: how many of them it fits. */
  readonly fits?: { readonly players: number; readonly of: number }
  /** The asker owns it: shown by `/curate`, never picked otherwise. */
  readonly owned: boolean
  /** Hardly any player of the training has it: its labels alone speak for it. */
  readonly isNew?: boolean
  /** Of a digest: under which of its headings it was shown. */
  readonly section?: Section
}

/** Nobody knows what the asker owns, or their library could not be read in time. */
export type NotHidden = 'not-linked' | 'unread'

/** What an answer was about; enough for its header in any language. Holds no Steam ID. */
export type About =
  | {
      readonly kind: 'recommend'
      /** How many games the library held. */
      readonly gamesRead: number
      /** Steam showed no minutes, so ownership alone counted. */
      readonly playtimeHidden: boolean
      readonly source: Source
      /** ISO time when the library was fetched, if Steam was away and a snapshot served. */
      readonly staleSince: string | undefined
      /** Games left out because a fact that was asked for is unknown. */
      readonly unknown?: number
    }
  | {
      readonly kind: 'liked'
      readonly names: readonly string[]
      readonly source: Source
      readonly unknown?: number
    }
  | { readonly kind: 'similar'; readonly name: string; readonly source: Source }
  | {
      readonly kind: 'curate'
      readonly labels: readonly string[]
      readonly sort: Sort
      readonly unknown: number
      /** Nothing that fits is well reviewed, so this is what there is. */
      readonly unproven?: boolean
      /** Owned games were to be hidden, and could not be. */
      readonly notHidden?: NotHidden
    }
  | {
      readonly kind: 'together'
      readonly players: number
      /** How many could not be counted; who they are is said once and stored nowhere. */
      readonly leftOut: number
      readonly source: Source
    }
  /** Posted for everybody, so it says nothing of anybody. */
  | { readonly kind: 'digest'; readonly labels: readonly string[] }

/** Enough to show an answer again, after a restart too. */
export type StoredAnswer = {
  readonly id: AnswerId
  /** Who asked. */
  readonly user: UserKey | DigestOwner
  readonly picks: readonly StoredPick[]
  readonly about: About
}

export interface Answers {
  /** Saved again under its id, it holds the picks of both: either may be what was shown. */
  save(answer: StoredAnswer): Promise<void>
  find(id: AnswerId): Promise<StoredAnswer | undefined>
  /** The asker has turned to this page; the first is shown anyway. */
  turnedTo(id: AnswerId, page: number): Promise<void>
  /** For the first caller only, until it is released: one page of an answer, and each of its games, is shared once. */
  claimShare(answer: AnswerId, what: Share['what']): Promise<Share | undefined>
  /** Its post does not stand. Leaves a claim that was made since then. */
  releaseShare(share: Share): Promise<void>
}

/** One line per command, for operators and for the refresh loop; no Steam ID, no text a person typed. */
export interface Journal {
  record(entry: {
    readonly kind: string
    readonly user: UserKey
    readonly outcome: string
    readonly milliseconds: number
  }): Promise<void>
  /** Runs a command to its end: of whoever is forgotten meanwhile, it writes nothing any more. */
  during<T>(work: () => Promise<T>): Promise<T>
}

/** A Steam account that somebody calls their own. It gives no rights until it is proven. */
export type Link = { readonly steamId: SteamId; readonly proven: boolean }

/** What people told about themselves. */
export interface Accounts {
  /** The language that somebody chose, or undefined. */
  locale(user: UserKey): Promise<Locale | undefined>
  setLocale(user: UserKey, locale: Locale): Promise<void>
  link(user: UserKey): Promise<Link | undefined>
  /**
   * Begins a link, in place of an unproven one; `code` proves it until then. `taken`: somebody has proven that account.
   * `proven`: the user has a proven link, which stays as it is.
   */
  startLink(pending: Pending, until: Date): Promise<'started' | 'taken' | 'proven'>
  /** The link that somebody has yet to prove, while its code is good. */
  pending(by: { readonly user: UserKey } | { readonly code: string }): Promise<Pending | undefined>
  /** Uses the code up. The proven link displaces all unproven ones of the same account. */
  prove(pending: Pending): Promise<'proven' | 'taken' | 'expired'>
  /** False where there was none. */
  unlink(user: UserKey): Promise<boolean>
}

/** A link whose proof is awaited. */
export type Pending = { readonly user: UserKey; readonly steamId: SteamId; readonly code: string }

/** How much is stored about somebody. */
export type Stored = {
  readonly locale: Locale | undefined
  readonly link: (Link & { readonly since: Date }) | undefined
  readonly opinions: number
  readonly feedback: number
  readonly answers: number
  readonly commands: number
  /** Digests that they set up. */
  readonly digests: number
  /** Of the proven link's account, that models are trained on. */
  readonly learnt: number
  /** When the library of the proven link was fetched, if it is still there. */
  readonly libraryAt: Date | undefined
}

/** All that is stored about people, in whatever table: to tell, to hand out and to delete. */
export interface Records {
  count(user: UserKey): Promise<Stored>
  /** Everything, as it can be read without us. */
  export(user: UserKey): Promise<Readonly<Record<string, unknown>>>
  /** Deletes everything, and names the accounts that were linked. */
  forget(user: UserKey): Promise<readonly SteamId[]>
  /** What is set for a place; and where people belong to one, as in a workspace, the same for everybody there. */
  forgetPlace(place: PlaceKey): Promise<readonly SteamId[]>
}

/** What the managers of servers and workspaces have set. */
export interface Places {
  settings(place: PlaceKey): Promise<PlaceSettings>
  /**
   * Saves all of it and tells what holds now, or saves nothing where more than `MAX_BLOCKED` games would be blocked.
   * `own`: the language that whoever changes it chose for themselves in the same breath.
   */
  save(saving: {
    readonly place: PlaceKey
    readonly change: PlaceChange
    readonly own: { readonly user: UserKey; readonly locale: Locale } | undefined
  }): Promise<PlaceSettings | 'too-many-blocked'>
}

/** Somebody's opinion of a game that an answer showed. */
export type Said = {
  readonly user: UserKey
  readonly game: GameId
  readonly opinion: Opinion
  readonly answer: AnswerId
  /** The platform's name of the press. One that comes again says nothing new. */
  readonly event?: string | undefined
}

/** What somebody said of games, newest first; one opinion a game. */
export interface Opinions {
  of(user: UserKey): Promise<readonly { readonly game: GameId; readonly opinion: Opinion }[]>
  /** In the place of what they said of that game before. */
  record(said: Said): Promise<void>
  /** Leaves another opinion that they have come to since then. */
  takeBack(said: Said): Promise<void>
  /** How often each game was shown to somebody since then, on pages that they turned to. */
  shown(user: UserKey, since: Date): Promise<ReadonlyMap<GameId, number>>
}

/** What currencies are worth, as an operator has loaded it. */
export interface Rates {
  /** Minutes old at most; empty where none are loaded. */
  table(): Promise<RateTable>
}

/** Everything the use cases need. */
export type Ports = {
  readonly libraries: Libraries
  readonly catalogue: Catalogue
  readonly scorer: Scorer
  readonly answers: Answers
  readonly profiles: Profiles
  readonly accounts: Accounts
  readonly places: Places
  readonly records: Records
  /** Where to prove a link by signing in to Steam; undefined where this program has no public address. */
  readonly loginUrl?: ((code: string) => string) | undefined
  readonly opinions: Opinions
  readonly rates: Rates
  readonly consents: Pick<Consents, 'set' | 'of'>
  readonly digests: Digests
  /** What the loaded catalogue holds. Never throws. */
  readonly examples: () => Promise<Examples>
  readonly now: () => Date
}
