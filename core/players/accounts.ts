import type { SteamId, UserKey } from '../ids.ts'
import type { Locale } from '../locale.ts'

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
