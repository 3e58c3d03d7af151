import { DelegateBackoff, handleWhen, retry } from 'cockatiel'
import { z } from 'zod'
import type { Reply } from '../../../core/reply.ts'
import { renderSlack } from '../render/render.ts'

/** Slack closes a response URL after five answers, and one is kept for saying that the others failed. */
const RETRIES = 2
const TIMEOUT_MS = 5_000
const FIRST_WAIT_MS = 300
/** Sends an answer; by default over the network. */
export type Post = (address: string, request: RequestInit & { readonly body: string }) => Promise<Response>

/** A player who waits longer has gone. */
const LONGEST_WAIT_MS = 20_000

/** How often something may be done, where nobody knows whether Slack has done it. */
type Guarantee = 'at-most-once' | 'at-least-once'

/**
 * - `busy`: Slack says that it did nothing; safe to repeat, after `waitMs` where Slack says how long.
 * - `lost`: nobody knows whether Slack did it, so a repetition may show it twice.
 * - `refused`: repeating cannot help.
 */
type Failure =
  | { readonly kind: 'busy'; readonly waitMs: number | undefined }
  | { readonly kind: 'lost' | 'refused' }

class NotDelivered extends Error {
  override readonly name = 'NotDelivered'
  readonly failure: Failure
  readonly reason: string | undefined

  constructor(
    message: string,
    failure: Failure,
    { cause, reason }: { cause?: unknown; reason?: string | undefined },
  ) {
    super(message, { cause })
    this.failure = failure
    this.reason = reason
  }
}

/** Slack's word for why it would not take an answer, such as `not_in_channel`. */
export function reasonOf(error: unknown): string | undefined {
  return error instanceof NotDelivered ? error.reason : undefined
}

/** Where a reply goes. A slash command has no message of ours that could be replaced. */
function placeOf(delivery: Reply['delivery'], pressed: boolean) {
  switch (delivery) {
    case 'answer':
      return { response_type: 'ephemeral', replace_original: pressed }
    case 'aside':
    case 'withdrawal':
      return { response_type: 'ephemeral', replace_original: false }
    case 'channel':
      return { response_type: 'in_channel', replace_original: false }
  }
}

/**
 * Posts a reply to the response URL of a command or, if `pressed`, of a button. Tries three times; a private reply that may
 * have been lost is sent again, a public one is not, since a channel must not see it twice. Throws when it was not
 * delivered. Bolt's own `respond` neither waits nor repeats, and hides how long Slack asks to wait.
 */
export async function respond(
  responseUrl: string,
  reply: Reply,
  pressed: boolean,
  post: Post = fetch,
): Promise<void> {
  const body = {
    ...renderSlack(reply),
    ...placeOf(reply.delivery, pressed),
    unfurl_links: false,
    unfurl_media: false,
  }
  await send(post, responseUrl, body, reply.delivery === 'channel' ? 'at-most-once' : 'at-least-once')
}

/** Deletes the message whose button was pressed, for everybody. Throws where it may still be there. */
export async function deletePressed(responseUrl: string, post: Post = fetch): Promise<void> {
  try {
    // Slack wants it alone in the body.
    await send(post, responseUrl, { delete_original: true }, 'at-least-once')
  } catch (error) {
    if (reasonOf(error) !== 'message_not_found') throw error
  }
}

async function send(post: Post, responseUrl: string, body: object, guarantee: Guarantee): Promise<void> {
  const repeatable = (error: unknown) => error instanceof NotDelivered && mayRepeat(error.failure, guarantee)
  const policy = retry(handleWhen(repeatable), {
    maxAttempts: RETRIES,
    backoff: new DelegateBackoff(({ attempt, result }) =>
      waitMs(attempt, 'error' in result ? result.error : undefined),
    ),
  })
  await policy.execute(() => attempt(post, responseUrl, JSON.stringify(body)))
}

function mayRepeat(failure: Failure, guarantee: Guarantee): boolean {
  switch (failure.kind) {
    case 'busy':
      return (failure.waitMs ?? 0) <= LONGEST_WAIT_MS
    case 'lost':
      return guarantee === 'at-least-once'
    case 'refused':
      return false
  }
}

function waitMs(attempt: number, error: unknown): number {
  const asked =
    error instanceof NotDelivered && error.failure.kind === 'busy' ? error.failure.waitMs : undefined
  return asked ?? FIRST_WAIT_MS * 2 ** (attempt - 1) * (1 + Math.random())
}

async function attempt(post: Post, responseUrl: string, body: string): Promise<void> {
  const { response, text } = await exchange(post, responseUrl, body)
  const reason = refusal(text)
  if (response.ok && reason === undefined) return
  throw new NotDelivered(
    `Slack answered ${response.status}${reason === undefined ? '' : ` (${reason})`}`,
    failureOf(response),
    { reason },
  )
}

async function exchange(post: Post, responseUrl: string, body: string) {
  try {
    const response = await post(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { response, text: await response.text() }
  } catch (error) {
    throw new NotDelivered('Slack did not answer', { kind: 'lost' }, { cause: error })
  }
}

function failureOf({ status, headers }: Response): Failure {
  if (status !== 429 && status < 500) return { kind: 'refused' }
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return { kind: 'busy', waitMs: seconds >= 0 ? seconds * 1000 : undefined }
}

const failed = z.object({ ok: z.literal(false), error: z.string() })

/** Slack's word for what was wrong, as `used_url`: bare text with a 4xx, or JSON, also with a 200. */
function refusal(text: string): string | undefined {
  if (/^[a-z_]{3,60}$/.test(text)) return text === 'ok' ? undefined : text
  const parsed = failed.safeParse(parseJson(text))
  return parsed.success ? parsed.data.error.slice(0, 60) : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
