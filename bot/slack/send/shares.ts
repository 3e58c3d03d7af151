import type { App } from '../../../core/app.ts'
import { note } from '../../../core/cards/cards.ts'
import type { CommandRequest } from '../../../core/command-request.ts'
import { errorFields, type Log, newReference } from '../../../core/log.ts'
import type { Reply } from '../../../core/reply.ts'
import type { Strings } from '../../../core/strings/language.ts'
import { deletePressed, type Post, reasonOf, respond } from './respond.ts'

/** What a press puts before everybody in a channel, and what takes it away again. */

type Pressed = {
  readonly request: CommandRequest
  readonly responseUrl: string
  readonly post: Post | undefined
}
type Needs = { readonly app: Pick<App, 'withdrawn' | 'strings'>; readonly log: Log }

/** Deletes the post whose button was pressed. The share is given back once the post is surely gone, and never before. */
export async function withdraw(
  reply: Reply,
  { request, responseUrl, post }: Pressed,
  { app, log }: Needs,
): Promise<void> {
  try {
    await deletePressed(responseUrl, post)
  } catch (error) {
    const reference = newReference()
    log('warn', 'could not delete a shared post', { reference, ...errorFields(error) })
    const { notices } = await app.strings(request)
    return respond(responseUrl, note('aside', notices.notTakenBack('Slack', reference)), true, post)
  }
  await app.withdrawn(request)
  await respond(responseUrl, reply, true, post)
}

/**
 * A response URL posts wherever a button can be pressed, but for what these say.
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors
 */
export function whyNotPosted(error: unknown, { notices }: Strings, reference: string): string {
  switch (reasonOf(error)?.replace(/^restricted_action_\w+$/, 'restricted_action')) {
    case 'channel_not_found':
    case 'not_in_channel':
      return notices.notInvited(reference)
    case 'restricted_action':
    case 'action_prohibited':
    case 'posting_to_general_channel_denied':
      return notices.postingRestricted(reference)
    case 'is_archived':
    case 'channel_is_archived':
      return notices.archived(reference)
    default:
      return notices.notPosted('Slack', reference)
  }
}
