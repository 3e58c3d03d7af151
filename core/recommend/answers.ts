import type { Share } from '../action.ts'
import type { Sort } from '../commands/filter-input.ts'
import type { Section } from '../digest/delivery.ts'
import type { AnswerId, DigestOwner, GameId, UserKey } from '../ids.ts'
import type { Reason } from './scorer.ts'

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
  /** One developer made it and the game that was asked about. */
  readonly sameStudio?: boolean
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
