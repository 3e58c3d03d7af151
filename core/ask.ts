import type { Action } from './action.ts'
import type { UserKey } from './ids.ts'
import type { OwnedGame } from './library.ts'
import type { Reply } from './reply.ts'

/** Who asks, and what their place allows. */
export type Asker = {
  readonly user: UserKey
  /** The channel is marked for adults (Discord's age-restricted channels); false everywhere else. */
  readonly matureAllowed: boolean
}

/** Whose taste counts: a Steam ID in any form, as typed, or a library that the asker brought along. */
export type Player =
  | { readonly kind: 'steam'; readonly typed: string }
  | { readonly kind: 'library'; readonly games: readonly OwnedGame[] }

/** Everything that can be asked of Indiescout. The texts are as typed: the core parses them. */
export type Ask =
  | (Asker & {
      readonly kind: 'recommend'
      readonly player: Player
      readonly genre: string | undefined
      /** In the catalogue's currency, not cents. */
      readonly maxPrice: number | undefined
      readonly language: string | undefined
      readonly count: number
    })
  | (Asker & { readonly kind: 'press'; readonly action: Action })

export type Choice = { readonly name: string; readonly value: string }

/** The one door into the core. */
export interface App {
  ask(ask: Ask): Promise<Reply>
  /** Suggestions while somebody types an option; at most 25, and empty rather than an error. */
  suggest(option: 'genre', typed: string): Promise<readonly Choice[]>
  /** The platform could not deliver a reply that was to be posted for everybody: the share may be tried again. */
  undelivered(ask: Ask): Promise<void>
}
