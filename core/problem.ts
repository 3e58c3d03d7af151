import type { CommandName } from './commands/catalogue.ts'
import type { ExampleWanted } from './commands/example.ts'
import type { GameId, PlaceKind } from './ids.ts'

type Named = { readonly game: GameId; readonly name: string }

/** A question without a good answer: a value, never an exception. Each becomes one sentence in the message files. */
export type Problem =
  | { readonly kind: 'no-such-command'; readonly asked: string }
  | {
      readonly kind: 'no-such-option'
      readonly command: CommandName
      readonly asked: string
      readonly names: readonly string[]
      readonly example: ExampleWanted
    }
  | { readonly kind: 'missing-option'; readonly option: string; readonly example: ExampleWanted }
  | {
      readonly kind: 'too-long'
      readonly option: string
      readonly most: number
      readonly example: ExampleWanted
    }
  | {
      readonly kind: 'bad-number'
      readonly option: string
      readonly whole: boolean
      readonly min: number
      readonly max: number
      readonly example: ExampleWanted
    }
  | {
      readonly kind: 'no-such-choice'
      readonly option: string
      readonly choices: readonly string[]
      readonly example: ExampleWanted
    }
  | { readonly kind: 'bad-steam-id'; readonly asked: string }
  | { readonly kind: 'no-profile' }
  | { readonly kind: 'private-profile' }
  | { readonly kind: 'hidden-games' }
  | { readonly kind: 'empty-library' }
  | { readonly kind: 'not-linked' }
  | { readonly kind: 'unknown-genre'; readonly asked: string; readonly near: readonly string[] }
  /** The catalogue holds no indie game at all. */
  | { readonly kind: 'no-games' }
  /** What was asked for is found in mature games alone, and none are shown there. */
  | { readonly kind: 'mature-off'; readonly asked: string }
  | { readonly kind: 'too-many-liked'; readonly most: number }
  | { readonly kind: 'unknown-game'; readonly asked: string; readonly near: readonly Named[] }
  /** Of one name. `about`: what tells them apart. */
  | {
      readonly kind: 'several-games'
      readonly asked: string
      readonly games: readonly (Named & { readonly about: readonly string[] })[]
    }
  | { readonly kind: 'unknown-language'; readonly asked: string; readonly near: readonly string[] }
  | { readonly kind: 'unknown-currency'; readonly asked: string; readonly near: readonly string[] }
  /** Without them no price can be told in another currency. */
  | { readonly kind: 'no-rates'; readonly asked: string }
  /** `filters`: what was asked for, in words; `relax`: what to drop or raise, best first, with how many games that leaves. */
  | {
      readonly kind: 'nothing-left'
      readonly filters: readonly string[]
      readonly relax: readonly Relaxation[]
    }
  | { readonly kind: 'too-many-players'; readonly asked: number; readonly most: number }
  /** `leftOut`: some were named, and could not be counted. */
  | { readonly kind: 'too-few-players'; readonly found: number; readonly leftOut: boolean }
  | { readonly kind: 'no-community' }
  | { readonly kind: 'prove-first' }
  | { readonly kind: 'no-taste' }
  | { readonly kind: 'answer-gone' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'already-shared'; readonly shared: 'page' | 'game' }
  | { readonly kind: 'not-your-share' }
  /** The answer is no longer stored, and with it who asked. */
  | { readonly kind: 'sharer-unknown' }
  /** Somebody else has proven that the Steam account is theirs. */
  | { readonly kind: 'account-taken' }
  | { readonly kind: 'unlink-first'; readonly steamId: string }
  | { readonly kind: 'code-expired' }
  /** Digests go to the channels of a server or workspace. */
  | { readonly kind: 'digest-elsewhere' }
  | { readonly kind: 'digest-for-managers'; readonly of: PlaceKind }
  | { readonly kind: 'bad-time'; readonly asked: string }
  | { readonly kind: 'unknown-timezone'; readonly asked: string; readonly near: readonly string[] }
  | { readonly kind: 'bad-mention'; readonly asked: string }
  | { readonly kind: 'may-not-mention' }
  | { readonly kind: 'we-may-not-mention' }
  /** Names of permissions, as the platform shows them. */
  | { readonly kind: 'cannot-post-here'; readonly permissions: readonly string[] }
  | { readonly kind: 'too-many-digests'; readonly most: number }
  | { readonly kind: 'no-digest'; readonly number: number | undefined }
  | { readonly kind: 'which-digest'; readonly numbers: readonly number[] }
  | { readonly kind: 'asked-just-now' }
  | { readonly kind: 'too-fast'; readonly seconds: number }
  /** A setting of a place, where there is none. */
  | { readonly kind: 'no-place' }
  | { readonly kind: 'managers-only'; readonly of: PlaceKind }
  /** The platform did not tell whether they may. */
  | { readonly kind: 'managers-unknown'; readonly of: PlaceKind }
  | { readonly kind: 'no-channel'; readonly asked: string; readonly example: ExampleWanted }
  /** Of another place, or none that commands come from. */
  | { readonly kind: 'foreign-channel'; readonly asked: string }
  | { readonly kind: 'too-many-channels'; readonly most: number }
  | { readonly kind: 'too-many-blocked'; readonly most: number }

/** Beyond this nobody needs the number. */
export const MANY_GAMES = 1_000

/** One way to find something: without a filter, in another order, with another one in its place, or with some of them only; and how many games there would be. */
export type Relaxation = {
  readonly how: 'without' | 'with' | 'only' | 'reordered'
  readonly filter: string
  /** Counted up to one more than `MANY_GAMES`. */
  readonly games: number
}

/** Why somebody who was named does not count. */
export type LeftOutWhy =
  | 'bad-steam-id'
  | 'not-linked'
  | 'no-profile'
  | 'private-profile'
  | 'hidden-games'
  | 'empty-library'
  | 'away'
