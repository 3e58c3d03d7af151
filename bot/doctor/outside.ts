import { createWebApi } from '../../core/steam/web-api.ts'
import { STEAM_KEY_PAGE } from '../../core/unavailable.ts'
import type { Config } from '../config/config.ts'
import type { Check } from '../platform/finding.ts'

const TIMEOUT_MS = 10_000

/** A public profile that has existed from the first day; any answer tells that the key is taken. */
const SOMEBODY = '76561197960287930'

export function steamCheck({ apiKey, apiUrl }: Pick<Config['steam'], 'apiKey' | 'apiUrl'>): Check {
  return async () => {
    if (apiKey === undefined) {
      return {
        state: 'absent',
        detail: 'not configured',
        fix: `get a key at ${STEAM_KEY_PAGE} and set STEAM_API_KEY to read libraries`,
      }
    }
    const api = createWebApi({ apiKey, apiUrl, bodyBytes: 1_000_000, now: () => new Date() })
    const call = { path: 'ISteamUser/GetPlayerSummaries/v2/', parameters: { steamids: SOMEBODY } }
    await api(call, AbortSignal.timeout(TIMEOUT_MS))
    return { state: 'well', detail: 'key accepted' }
  }
}
