import type { Action } from './action.ts'
import type { Discovery, FilterInput, Sort } from './commands/filter-input.ts'
import type { DigestRequest } from './digest/request.ts'
import type { ChannelKey, PlaceKey, UserKey } from './ids.ts'
import type { Locale } from './locale.ts'
import type { OwnedGame, TypedAccount } from './players/library.ts'
import type { Problem } from './problem.ts'

/** Who asks, and where. */
export type Requester = {
  readonly user: UserKey
  readonly channel: ChannelKey
  /** The channel of a thread or forum post. */
  readonly parent: ChannelKey | undefined
  /** The server or workspace that has installed the app; undefined in direct messages and in the terminal. */
  readonly place: PlaceKey | undefined
  /** What they may manage of it, by the platform's word; `unknown` where it did not tell. */
  readonly manages: 'place' | 'channel' | 'nothing' | 'unknown'
  /** The platform's word for the user's language, if it is one that we speak; their own setting comes before it. */
  readonly locale: Locale | undefined
  /**
   * Whether the platform lets mature games into the channel: Discord into age-restricted ones, Slack into all of a
   * workspace. The managers of the place have to allow them as well.
   */
  readonly matureAllowed: boolean
  /** What a digest for this channel has to know, where the platform tells it. */
  readonly posting?: Posting
  /** The IANA name of the asker's own time zone, where the platform tells it. */
  readonly timezone?: string | undefined
}

/** What may be posted to a channel. */
export type Posting = {
  /** Permissions that a post takes and we lack there, as the platform shows them. */
  readonly lacks: readonly string[]
  /** Whether we may read what was posted there. */
  readonly readsHistory: boolean
  /** Whether the asker may notify everybody there. */
  readonly mayCall: boolean
  /** Set where we may not notify everybody there ourselves. */
  readonly weMayNotCall?: true
  /** Roles that anybody may notify. */
  readonly openRoles?: readonly string[]
}

/** What tells the language of somebody. */
export type Speaker = Pick<Requester, 'user' | 'locale' | 'place'>

/** Whose taste counts. */
export type Player =
  | ({ readonly kind: 'steam' } & TypedAccount)
  /** The account that the asker has linked, proven or not. */
  | { readonly kind: 'linked' }
  /** A library that the asker brought along. */
  | { readonly kind: 'library'; readonly games: readonly OwnedGame[] }
  /** Up to three games by name, for people without a public profile. */
  | { readonly kind: 'liked'; readonly names: readonly string[] }

/** One of a group: whom a mention names, or a Steam account. */
export type GroupPlayer =
  | { readonly kind: 'member'; readonly member: UserKey }
  | ({ readonly kind: 'steam' } & TypedAccount)

/** Everything that can be asked of Indiescout, and by whom. */
export type CommandRequest = Requester & RequestBody

/** What can be asked. Names of games and labels are as typed: the catalogue is yet to find them. */
export type RequestBody =
  | {
      readonly kind: 'recommend'
      readonly player: Player
      readonly filterInput: FilterInput
      readonly discovery: Discovery
      readonly count: number
    }
  | {
      readonly kind: 'curate'
      readonly filterInput: FilterInput
      readonly sort: Sort
      /** Leave out what the asker's linked account owns; otherwise it is marked. */
      readonly hideOwned: boolean
      readonly count: number
    }
  | { readonly kind: 'similar'; readonly game: string; readonly count: number }
  | { readonly kind: 'together'; readonly players: readonly GroupPlayer[]; readonly count: number }
  | { readonly kind: 'taste'; readonly player: Player }
  | ({ readonly kind: 'link' } & TypedAccount)
  | { readonly kind: 'unlink' | 'export' | 'forget-me' }
  /**
   * `community`: whether their games count in what digests pick for this place; `training`: whether models learn from
   * them. Undefined leaves it as it is.
   */
  | {
      readonly kind: 'privacy'
      readonly community: boolean | undefined
      readonly training: boolean | undefined
    }
  /** `command`: the name of one to be explained, as typed. */
  | { readonly kind: 'help'; readonly command?: string | undefined }
  /** What is undefined or empty stays as it is. All but `language` is for the managers of a place. */
  | {
      readonly kind: 'settings'
      readonly language: Locale | undefined
      /** `none` takes it back. */
      readonly serverLanguage: Locale | 'none' | undefined
      /** As typed; `none` takes it back. */
      readonly currency: string | undefined
      readonly mature: boolean | undefined
      /** Games by name, number or store address, as typed. */
      readonly block: readonly string[]
      readonly unblock: readonly string[]
      /** Empty: all of them. */
      readonly channels: readonly ChannelKey[] | undefined
    }
  | { readonly kind: 'digest'; readonly request: DigestRequest }
  /** `event`: the platform's own name of this press, the same where it is delivered again. */
  | { readonly kind: 'press'; readonly action: Action; readonly event?: string | undefined }
  /** What was typed is no command as it stands. */
  | { readonly kind: 'unclear'; readonly problem: Problem }

export type RequestOf<K extends CommandRequest['kind']> = Extract<CommandRequest, { kind: K }>
