import type { App } from '../../core/app.ts'
import type { PlaceKey } from '../../core/ids.ts'
import { errorFields, type Log, newReference } from '../../core/log.ts'

type Needs = { readonly app: Pick<App, 'removed'>; readonly log: Log }

/** Somebody took the app out of a server or workspace: what is stored for it goes. Never throws. */
export async function onRemoved(place: PlaceKey, { app, log }: Needs): Promise<void> {
  try {
    await app.removed(place)
    log('info', 'the app was removed from a server or workspace; its data is deleted', { place })
  } catch (error) {
    log('error', 'could not delete the data of a server or workspace that removed the app', {
      ...{ place, reference: newReference() },
      ...errorFields(error),
    })
  }
}
