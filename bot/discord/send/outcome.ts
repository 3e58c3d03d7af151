import { RESTJSONErrorCodes as Code, DiscordAPIError, RateLimitError } from 'discord.js'
import { ZodError } from 'zod'
import type { Refusal } from '../../../core/digest/subscription.ts'
import { type Failed, neverLeft, type Unfound, unfoundBy } from '../../platform/sending.ts'
import { isUnauthorized } from './failure.ts'

/** What a request that came to nothing means for its delivery. */

/** For good, until somebody changes the channel or our permissions. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const REFUSED: Readonly<Record<number, Refusal>> = {
  [Code.UnknownChannel]: 'no-channel',
  [Code.CannotSendMessagesInNonTextChannel]: 'no-channel',
  [Code.CannotExecuteActionOnThisChannelType]: 'no-channel',
  [Code.CannotSendAMessageInAForumChannel]: 'no-channel',
  [Code.UnknownGuild]: 'app-removed',
  [Code.MissingAccess]: 'no-access',
  [Code.MissingPermissions]: 'no-permission',
  [Code.ChannelVerificationLevelTooHighForYouToGainAccess]: 'no-permission',
  [Code.CannotReplyWithoutPermissionToReadMessageHistory]: 'no-permission',
  [Code.InvalidActionOnArchivedThread]: 'archived',
  [Code.ThreadLocked]: 'archived',
}

/** Nothing that a channel or a message can help: it passes, or the operator mends it. */
const PASSING: ReadonlySet<number> = new Set([
  Code.ActionCannotBePerformedDueToSlowmodeRateLimit,
  Code.ChannelWriteRateLimit,
  Code.ServerWriteRateLimit,
  Code.SendMessagesHasBeenTemporarilyDisabled,
  Code.FeatureTemporarilyDisabledServerSide,
  Code.ServiceResourceIsBeingRateLimited,
  Code.CloudflareIsBlockingYourRequest,
  Code.APIResourceOverloaded,
])

/** Where the message might do without its files. */
const OF_FILES: ReadonlySet<number> = new Set([
  Code.MissingPermissions,
  Code.RequestEntityTooLarge,
  Code.FileUploadedExceedsMaximumSize,
  Code.InvalidFileUploaded,
  Code.AccessToFileUploadsHasBeenLimitedForThisGuild,
])

const BUSY = { kind: 'busy', waitMs: undefined } as const

/** A server error is an outcome that nobody knows, as is everything that happens while an answer is awaited. */
export function failedBy(error: unknown): Failed {
  if (error instanceof RateLimitError) return { kind: 'busy', waitMs: error.retryAfter || undefined }
  if (neverLeft(error)) return BUSY
  return error instanceof DiscordAPIError ? refusedBy(error) : { kind: 'lost' }
}

function refusedBy(error: DiscordAPIError): Failed {
  const code = Number(error.code)
  const why = REFUSED[code]
  if (why !== undefined) return { kind: 'refused', why }
  // An answer without a code comes from something that stands before Discord.
  const fromOutside = error.code === undefined
  const passes = isUnauthorized(error) || PASSING.has(code) || fromOutside
  return passes ? BUSY : { kind: 'invalid', cause: error }
}

/** An answer that we cannot read will be no other when it is asked for again. */
export function notFoundBy(error: unknown): Unfound {
  return error instanceof ZodError ? { kind: 'blind' } : unfoundBy(failedBy(error))
}

export function blamesFiles(error: unknown): boolean {
  return error instanceof DiscordAPIError && OF_FILES.has(Number(error.code))
}

/** Discord recognised the nonce, and somebody has deleted the message since. */
export function isDeletedSince(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === Code.UnknownMessage
}
