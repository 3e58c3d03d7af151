import { setTimeout as pause } from 'node:timers/promises'

/** Where operators are told. The address is a secret: whoever has it may post there. */
export type Webhook = { readonly kind: 'discord' | 'slack'; readonly url: string }

const DISCORD = /^\/api(?:\/v\d+)?\/webhooks\/\d+\/[\w-]+$/
/** Discord takes what is made for Slack under this one, without files. */
const SLACK = /^\/services\/\w+\/\w+\/\w+$|^\/api(?:\/v\d+)?\/webhooks\/\d+\/[\w-]+\/slack$/

const LOOPBACK = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/

/** Tells by its path whose incoming webhook it is; undefined for anything else, and for what would travel in the clear. */
export function readWebhook(text: string): Webhook | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
    return undefined
  if (DISCORD.test(url.pathname)) return { kind: 'discord', url: text }
  return SLACK.test(url.pathname) ? { kind: 'slack', url: text } : undefined
}

export type Message = { readonly body: string | FormData; readonly contentType: string | undefined }

const TRIES = 3
const TIMEOUT_MS = 10_000
const LONGEST_WAIT_MS = 30_000

type Posting = { readonly waitMs?: number }

/**
 * Posts once; a busy or failing service is asked again, as late as it wishes. Throws a sentence that does not name the
 * address.
 */
export async function post(
  { kind, url }: Webhook,
  { body, contentType }: Message,
  { waitMs = 2_000 }: Posting = {},
): Promise<void> {
  let said = ''
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const answer = await ask(url, body, contentType)
    if (answer.ok) return
    said = answer.said
    if (!answer.again) break
    if (attempt < TRIES) await pause(Math.min(answer.afterMs ?? waitMs * attempt, LONGEST_WAIT_MS))
  }
  const place = kind === 'discord' ? 'Discord' : 'Slack'
  throw new Error(`the webhook in OPS_WEBHOOK_URL on ${place} ${said}`)
}

type Answered =
  | { readonly ok: true }
  | { readonly ok: false; readonly said: string; readonly again: boolean; readonly afterMs?: number }

async function ask(url: string, body: string | FormData, contentType: string | undefined): Promise<Answered> {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType }
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'error' })
    await response.body?.cancel()
    if (response.ok) return { ok: true }
    const { status } = response
    const again = status === 429 || status >= 500
    const after = Number(response.headers.get('retry-after') ?? Number.NaN)
    const said = status === 404 || status === 410 ? 'is gone: make a new one' : `answers ${status}`
    return { ok: false, said, again, ...(Number.isFinite(after) && { afterMs: after * 1000 }) }
  } catch {
    // What fetch throws may name the address.
    return { ok: false, said: 'does not answer', again: true }
  }
}
