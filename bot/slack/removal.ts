import type { App } from '../../core/ask.ts'
import { errorFields, type Log } from '../../core/log.ts'
import { newReference } from '../answer.ts'
import { parseRemovalPayload } from './payload.ts'

type Needs = { readonly app: Pick<App, 'removed'>; readonly log: Log }

/** Somebody took the app out of a workspace: what is stored for its members goes. Never throws. */
export async function onRemoval(body: unknown, { app, log }: Needs): Promise<void> {
  const place = parseRemovalPayload(body)
  if (place === undefined) return
  try {
    await app.removed(place)
    log('info', 'removed from a Slack workspace; what was stored for its members is deleted', { place })
  } catch (error) {
    const reference = newReference()
    log('error', 'what was stored for a Slack workspace that removed the app could not be deleted', {
      ...{ place, reference },
      ...errorFields(error),
    })
  }
}
