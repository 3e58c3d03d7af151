import type { PlaceKey, SteamId, UserKey } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { Link } from './accounts.ts'

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
