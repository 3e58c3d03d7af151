import { type FailureKind, SteamFailure } from './steam-failure.ts'

export type Get = {
  readonly url: URL
  /** How the address is called in messages: what follows it, such as the key, is never told. */
  readonly path: string
  readonly signal: AbortSignal
  /** The most that is read of an answer. */
  readonly bodyBytes: number
  readonly now: () => Date
  /** Gives up when nothing has arrived for so long; what keeps arriving is waited for. */
  readonly idleMs?: number
  /** What a 401 or 403 means there. */
  readonly forbidden: FailureKind
}

/** One request, one try: the JSON that was answered, or a `SteamFailure` which holds neither the key nor the address. */
export async function getJson(get: Get): Promise<unknown> {
  const { url, path } = get
  const idle = watchIdle(get.idleMs)
  const signal = AbortSignal.any([get.signal, idle.signal])
  try {
    const response = await fetch(url, {
      signal,
      // The key may be in the address: it goes to the configured host alone.
      redirect: 'error',
      headers: { accept: 'application/json' },
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw refusal(get, response)
    }
    const eresult = response.headers.get('x-eresult')
    return readAnswer(get, await readText(get, response, idle.reset), eresult)
  } catch (error) {
    if (error instanceof SteamFailure) throw error
    const isSlow = signal.aborted
    const what = isSlow ? 'took too long' : `failed: ${codeOf(error)}`
    throw new SteamFailure('away', `${path} ${what}`, undefined, isSlow)
  } finally {
    idle.stop()
  }
}

function watchIdle(idleMs: number | undefined) {
  const controller = new AbortController()
  const timer = idleMs === undefined ? undefined : setTimeout(() => controller.abort(), idleMs)
  return { signal: controller.signal, reset: () => void timer?.refresh(), stop: () => clearTimeout(timer) }
}

function refusal({ path, now, forbidden }: Get, { status, headers }: Response): SteamFailure {
  const message = `${path} answered ${status}`
  const retryAfter = readRetryAfter(headers.get('retry-after'), now())
  if (status === 401 || status === 403) return new SteamFailure(forbidden, message, retryAfter)
  if (status === 408 || status === 429 || status >= 500) return new SteamFailure('away', message, retryAfter)
  return new SteamFailure('refused', message)
}

/** Milliseconds from `Retry-After`, which holds seconds or an HTTP date; undefined where it holds neither. */
export function readRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}

async function readText({ path, bodyBytes }: Get, response: Response, onData: () => void): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    onData()
    bytes += chunk.byteLength
    if (bytes > bodyBytes)
      throw new SteamFailure('garbled', `${path} answered with more than ${bodyBytes} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** `EResult` of an answer that is as it should be. */
const OK = '1'

/**
 * Steam tells a throttle, and other trouble of its own, by a header of an answer that has status 200 and holds nothing.
 * With the header at 1, or without it, nothing means that nothing is shown.
 */
function readAnswer({ path }: Get, text: string, eresult: string | null): unknown {
  if (text.trim() === '') throw new SteamFailure('away', `${path} answered with nothing`)
  const answer = parse(path, text)
  if (eresult === null || eresult.trim() === OK || !isEmptyAnswer(answer)) return answer
  const code = /^\d{1,4}$/.test(eresult.trim()) ? eresult.trim() : 'unknown'
  throw new SteamFailure('away', `${path} answered with nothing and x-eresult ${code}`)
}

function isEmptyAnswer(answer: unknown): boolean {
  const { response = answer } = (answer ?? {}) as { readonly response?: unknown }
  return Object.keys(response ?? {}).length === 0
}

function parse(path: string, text: string): unknown {
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
