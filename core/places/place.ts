import type { Filter } from '../catalogue/filter.ts'
import type { Game } from '../catalogue/game.ts'
import type { Requester } from '../command-request.ts'
import type { ChannelKey, GameId } from '../ids.ts'
import type { Locale } from '../locale.ts'

/** What the managers of a server or workspace have set for everybody there. */
export type PlaceSettings = {
  /** For those whose own language is not known, and for what everybody sees. */
  readonly locale: Locale | undefined
  /** ISO 4217. */
  readonly currency: string | undefined
  readonly mature: boolean
  /** Where commands are taken; empty: everywhere. */
  readonly channels: readonly ChannelKey[]
  /** Ascending. */
  readonly blocked: readonly GameId[]
}

/** Where nobody has set anything, and where there is nobody to do so, as in direct messages. */
export const UNSET: PlaceSettings = {
  locale: undefined,
  currency: undefined,
  mature: false,
  channels: [],
  blocked: [],
}

export const MAX_CHANNELS = 50
export const MAX_BLOCKED = 500

/** What managers change; what is undefined or empty stays as it is. */
export type PlaceChange = {
  readonly locale: Locale | 'none' | undefined
  /** A code, or `none`. */
  readonly currency: string | undefined
  readonly mature: boolean | undefined
  readonly channels: readonly ChannelKey[] | undefined
  readonly block: readonly GameId[]
  /** Comes after `block`. */
  readonly unblock: readonly GameId[]
}

/** Who asks, or what is asked, with what holds in that place. */
export type WithSettings<A extends Requester> = A & { readonly settings: PlaceSettings }

/** What may be shown there. */
export type PlaceRules = Pick<Filter, 'mature' | 'without'>

/** Mature games come where the platform and the managers of the place allow them, and so in no direct message. */
export function rulesFor({ matureAllowed, settings }: WithSettings<Requester>): PlaceRules {
  return { mature: matureAllowed && settings.mature, without: settings.blocked }
}

export function allows({ mature, without }: PlaceRules, game: Game): boolean {
  return (mature || !game.mature) && !without.includes(game.id)
}

/** A thread is used where its channel is. */
export function isUsedIn({ channel, parent, settings: { channels } }: WithSettings<Requester>): boolean {
  return channels.length === 0 || channels.some((one) => one === channel || one === parent)
}
