import { webApi } from '@slack/bolt'
import { ZodError } from 'zod'
import type { Refusal } from '../../../core/digest/subscription.ts'
import { type Failed, neverLeft, type Unfound, unfoundBy } from '../../platform/sending.ts'
import { NotInstalled } from '../install/access.ts'

/** What a request that came to nothing means for its delivery. https://docs.slack.dev/reference/methods/chat.postMessage#errors */

/** For good, until somebody changes the channel or the app. */
const REFUSED: ReadonlyMap<string, Refusal> = new Map(
  Object.entries({
    channel_not_found: 'no-channel',
    not_in_channel: 'no-access',
    is_archived: 'archived',
    missing_scope: 'missing-scope',
    token_revoked: 'app-removed',
    account_inactive: 'app-removed',
    app_uninstalled: 'app-removed',
    team_disabled: 'app-removed',
    restricted_action: 'no-permission',
    restricted_action_read_only_channel: 'no-permission',
    restricted_action_thread_only_channel: 'no-permission',
    restricted_action_non_threadable_channel: 'no-permission',
    ekm_access_denied: 'no-permission',
    access_denied: 'no-permission',
    no_permission: 'no-permission',
  } as const),
)

/** Certainly not done, and no fault of the message: it passes, or the operator mends it. */
const PASSING: ReadonlySet<string> = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'team_added_to_org',
  'accesslimited',
  'invalid_auth',
  'not_authed',
  'token_expired',
])

/** "It's possible some aspect of the operation succeeded before the error was raised." */
const UNKNOWN: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
])

/** We may not read there, or no longer. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'missing_scope',
  'not_in_channel',
  'channel_not_found',
  'access_denied',
  'no_permission',
])

const BUSY = { kind: 'busy', waitMs: undefined } as const

/** A server error is an outcome that nobody knows, as is everything that happens while an answer is awaited. */
export function failedBy(error: unknown): Failed {
  if (error instanceof NotInstalled) return { kind: 'refused', why: 'app-removed' }
  if (neverLeft(error)) return BUSY
  if (error instanceof webApi.WebAPIRateLimitedError) return { kind: 'busy', waitMs: error.retryAfter * 1000 }
  if (error instanceof webApi.WebAPIPlatformError) return refusedBy(error)
  // Slack's own refusals come with a 200: this one is from something that stands before it.
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode < 500) return BUSY
  return { kind: 'lost' }
}

function refusedBy(error: webApi.WebAPIPlatformError): Failed {
  const { data } = error
  const why = REFUSED.get(data.error)
  if (why !== undefined) return { kind: 'refused', why }
  if (PASSING.has(data.error)) {
    const seconds = data.response_metadata?.retryAfter
    return { kind: 'busy', waitMs: seconds === undefined ? undefined : seconds * 1000 }
  }
  // Something else than one of Slack's words is a page of something that stands before it.
  const isWord = /^[a-z_]{3,60}$/.test(data.error)
  return isWord && !UNKNOWN.has(data.error) ? { kind: 'invalid', cause: error } : { kind: 'lost' }
}

/** An answer that we cannot read will be no other when it is asked for again. */
export function notFoundBy(error: unknown): Unfound {
  const isClosed = error instanceof webApi.WebAPIPlatformError && UNREADABLE.has(error.data.error)
  return isClosed || error instanceof ZodError ? { kind: 'blind' } : unfoundBy(failedBy(error))
}

/** Slack does not show this file: it is gone, or not ready yet. */
export function blamesPicture(error: unknown): boolean {
  return (
    error instanceof webApi.WebAPIPlatformError &&
    error.data.error === 'invalid_blocks' &&
    /slack[ _]file/.test(JSON.stringify(error.data))
  )
}
