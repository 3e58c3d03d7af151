import { getJson } from './get-json.ts'

export type ApiCall = {
  /** Such as `IPlayerService/GetOwnedGames/v1/`. */
  readonly path: string
  readonly parameters: Readonly<Record<string, string>>
}

type WebApiOptions = {
  readonly apiKey: string
  readonly apiUrl: string
  /** The most that is read of an answer. */
  readonly bodyBytes: number
  readonly now: () => Date
  /** As in `getJson`. */
  readonly idleMs?: number
}

export type WebApi = (call: ApiCall, signal: AbortSignal) => Promise<unknown>

/** One request, one try: the JSON that Steam answered, or a `SteamFailure` which holds neither the key nor the address. */
export function createWebApi({ apiKey, apiUrl, bodyBytes, now, idleMs }: WebApiOptions): WebApi {
  const base = apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`
  return (call, signal) => {
    const url = new URL(call.path, base)
    url.search = String(new URLSearchParams({ key: apiKey, ...call.parameters }))
    return getJson({
      ...{ url, path: call.path, signal, bodyBytes, now, forbidden: 'key' },
      ...(idleMs !== undefined && { idleMs }),
    })
  }
}
