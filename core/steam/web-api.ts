import { SteamFailure } from './steam-failure.ts'

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
}

export type WebApi = (call: ApiCall, signal: AbortSignal) => Promise<unknown>

/** One request, one try: the JSON that Steam answered, or a `SteamFailure` which holds neither the key nor the address. */
export function createWebApi({ apiKey, apiUrl, bodyBytes, now }: WebApiOptions): WebApi {
  const base = apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`
  return async (call, signal) => {
    const url = new URL(call.path, base)
    url.search = String(new URLSearchParams({ key: apiKey, ...call.parameters }))
    try {
      const response = await fetch(url, {
        signal,
        // The key is in the address: it goes to the configured host alone.
        redirect: 'error',
        headers: { accept: 'application/json' },
      })
      if (!response.ok) {
        await response.body?.cancel()
        throw refusal(call, response, now())
      }
      return parse(call, await readText(call, response, bodyBytes))
    } catch (error) {
      if (error instanceof SteamFailure) throw error
      throw new SteamFailure(
        'away',
        `${call.path} ${signal.aborted ? 'took too long' : `failed: ${codeOf(error)}`}`,
      )
    }
  }
}

function refusal({ path }: ApiCall, { status, headers }: Response, now: Date): SteamFailure {
  const message = `${path} answered ${status}`
  if (status === 401 || status === 403) return new SteamFailure('key', message)
  if (status === 408 || status === 429 || status >= 500) {
    return new SteamFailure('away', message, readRetryAfter(headers.get('retry-after'), now))
  }
  return new SteamFailure('refused', message)
}

/** Milliseconds from `Retry-After`, which holds seconds or an HTTP date; undefined where it holds neither. */
export function readRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}

async function readText({ path }: ApiCall, response: Response, limit: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > limit) throw new SteamFailure('garbled', `${path} answered with more than ${limit} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parse({ path }: ApiCall, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SteamFailure('away', `${path} answered something other than JSON`)
  }
}

/** The code alone, such as ECONNRESET: messages may quote the address. */
function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  if (typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code)) return code
  return cause === undefined ? 'no connection' : codeOf(cause)
}
