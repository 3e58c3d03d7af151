import type { PlaceKey, SteamId, UserKey } from '../ids.ts'

/** For what a player agreed to: their library in the combined taste of a place, or in training. */
export type Purpose = 'community' | 'training'

export interface Consents {
  /** `place`: where it holds for `community`; `training` holds everywhere. */
  set(user: UserKey, purpose: Purpose, place: PlaceKey | undefined, given: boolean): Promise<void>
  of(user: UserKey, place: PlaceKey | undefined): Promise<Readonly<Record<Purpose, boolean>>>
  /** Accounts of those who consented there and have proven their link. */
  community(place: PlaceKey, limit: number): Promise<readonly SteamId[]>
}
