import type { RequestOf } from '../../command-request.ts'
import type { Listed, Subscriptions } from '../../digest/subscriptions.ts'
import { kindOfPlace, type PlaceKey } from '../../ids.ts'
import type { WithSettings } from '../../places/place.ts'
import type { Problem } from '../../problem.ts'

type Asked = WithSettings<RequestOf<'digest'>>

/** Somebody who may manage the place, or this one channel. */
export type Managing = Asked & { readonly place: PlaceKey }

/** The asker, if they may set up digests here, or why they may not. */
export function managing(ask: Asked): Managing | Problem {
  const { place, manages } = ask
  if (place === undefined) return { kind: 'digest-elsewhere' }
  if (manages === 'place' || manages === 'channel') return { ...ask, place }
  const kind = manages === 'unknown' ? 'managers-unknown' : 'digest-for-managers'
  return { kind, of: kindOfPlace(place) }
}

/** Whoever manages a channel alone sees and changes what is posted there. */
export async function digestsOf(
  { subscriptions }: { readonly subscriptions: Subscriptions },
  { place, channel, manages }: Managing,
): Promise<readonly Listed[]> {
  const all = await subscriptions.of(place)
  return manages === 'place' ? all : all.filter((one) => one.channel === channel)
}
