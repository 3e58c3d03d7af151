import type { GameId } from '../ids.ts'
import { getJson } from './get-json.ts'
import { readStoreAnswer, type StoreAnswer } from './store-details.ts'

/** The store's pages, one game a request. Throws `SteamFailure`. */
export type Store = (game: GameId, signal: AbortSignal) => Promise<StoreAnswer>

export type StoreOptions = {
  readonly storeUrl: string
  readonly timeoutMs?: number
  readonly now?: () => Date
}

const PATH = 'api/appdetails'

/** A page is some 50 kB. */
const BODY_BYTES = 4_000_000

/** One try, without a key. Words in English and prices in US dollars, as the catalogue has them. */
export function createStore({ storeUrl, timeoutMs = 15_000, now = () => new Date() }: StoreOptions): Store {
  const base = storeUrl.endsWith('/') ? storeUrl : `${storeUrl}/`
  return async (game, signal) => {
    const url = new URL(PATH, base)
    url.search = String(new URLSearchParams({ appids: String(game), cc: 'us', l: 'english' }))
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    // The store knows no key: a 403 is a block.
    const payload = await getJson({
      ...{ url, path: PATH, signal: within, bodyBytes: BODY_BYTES, now },
      forbidden: 'away',
    })
    return readStoreAnswer(payload, game)
  }
}
