import { errorFields } from '../../../core/log.ts'
import type { RefreshParts } from './parts.ts'

/** A channel that was out of reach for a while is not flooded. */
const AT_ONCE = 5

/** Tells operators what they do not know yet. What cannot be told now is told next time. */
export async function tellUntold({ refreshes, tell, log }: Pick<RefreshParts, 'refreshes' | 'tell' | 'log'>) {
  for (const refresh of await refreshes.untold(AT_ONCE)) {
    try {
      await tell(refresh)
    } catch (error) {
      log('warn', 'could not report a refresh to OPS_WEBHOOK_URL', { error: errorFields(error).error })
      return
    }
    await refreshes.markTold(refresh.id)
  }
}
