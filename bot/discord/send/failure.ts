import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js'

/**
 * Repeats what may be repeated, while Discord answers 5xx or the network fails. discord.js itself would try four times
 * within 6 ms and also repeat posts, which have no nonce here and would stand twice: its own retries are off. A 429 it
 * waits for by itself.
 */
export const patiently = retry(handleWhen(isPassing), {
  maxAttempts: 4,
  backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1500 }),
})

function isPassing(error: unknown): boolean {
  if (error instanceof HTTPError) return true
  if (!(error instanceof Error) || error instanceof DiscordAPIError) return false
  const code = 'code' in error ? String(error.code) : ''
  return error.name === 'AbortError' || /^(E[A-Z]+|UND_ERR_\w+)$/.test(code)
}

/** Acknowledged already: by the first try of ours whose answer was lost, or by another process of this bot. */
export function isAlreadyAcknowledged(error: unknown): boolean {
  return hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)
}

/** The interaction's three seconds or its token's fifteen minutes are over: nothing reaches the player any more. */
export function isUnreachable(error: unknown): boolean {
  return hasCode(
    error,
    RESTJSONErrorCodes.UnknownInteraction,
    RESTJSONErrorCodes.UnknownWebhook,
    RESTJSONErrorCodes.InvalidWebhookToken,
  )
}

export function lacksPermission(error: unknown): boolean {
  return hasCode(error, RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions)
}

/** The thread takes no messages: it is archived, or locked. */
export function isArchived(error: unknown): boolean {
  return hasCode(error, RESTJSONErrorCodes.InvalidActionOnArchivedThread, RESTJSONErrorCodes.ThreadLocked)
}

/** The message is not there, whoever deleted it. */
export function isGone(error: unknown): boolean {
  return hasCode(error, RESTJSONErrorCodes.UnknownMessage)
}

export function isUnauthorized(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401
}

function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code))
}

/** For the log: Discord's code and status tell more than its sentence. No address: it holds a token. */
export function discordFields(error: unknown): Record<string, unknown> {
  if (error instanceof DiscordAPIError) return { code: error.code, status: error.status }
  return error instanceof HTTPError ? { status: error.status } : {}
}
