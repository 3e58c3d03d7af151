import type { PlaceKey, UserKey } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { PlaceChange, PlaceSettings } from './place.ts'

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
