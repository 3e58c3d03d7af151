import { type ButtonInteraction, MessageFlags } from 'discord.js'
import type { App } from '../../../core/app.ts'
import { note } from '../../../core/cards/cards.ts'
import type { CommandRequest } from '../../../core/command-request.ts'
import { errorFields, type Log, newReference } from '../../../core/log.ts'
import type { Reply } from '../../../core/reply.ts'
import type { Strings } from '../../../core/strings/language.ts'
import { tell, wholeMessage } from '../render/message.ts'
import { discordFields, isArchived, isGone, lacksPermission, patiently } from './failure.ts'
import { missingPermissions, postingIn } from './permissions.ts'

/** What a press puts before everybody in a channel, and what takes it away again. */

type Needs = { readonly app: Pick<App, 'undelivered' | 'withdrawn' | 'strings'>; readonly log: Log }

/** Discord lets an app that only the player has brought along speak to that player alone. */
class HeardByOneOnly extends Error {
  override readonly name = 'HeardByOneOnly'
}

/** What members must be allowed for such an app to be heard by all, as Discord's settings call it. */
const FOR_PLAYERS_APPS = 'Use External Apps'

/** Once and never repeated by itself: this endpoint takes no nonce, and a second post would stay. */
export async function post(
  interaction: ButtonInteraction,
  request: CommandRequest,
  reply: Reply,
  { app, log }: Needs,
): Promise<void> {
  try {
    const { flags } = await interaction.webhook.send(await wholeMessage(reply, log))
    if (flags.has(MessageFlags.Ephemeral)) throw new HeardByOneOnly('the post is for the sharer alone')
  } catch (error) {
    const reference = newReference()
    log('warn', 'could not post a share', { reference, ...discordFields(error), ...errorFields(error) })
    await app.undelivered(reply)
    const sentence = whyNotPosted(error, interaction, await app.strings(request), reference)
    await tell(interaction, note('aside', sentence), log)
  }
}

function whyNotPosted(
  error: unknown,
  { channel, appPermissions }: ButtonInteraction,
  { notices }: Strings,
  reference: string,
): string {
  if (isArchived(error)) return notices.archived(reference)
  if (error instanceof HeardByOneOnly) return notices.mayNotPost([FOR_PLAYERS_APPS], reference)
  if (!lacksPermission(error)) return notices.notPosted('Discord', reference)
  const needed = postingIn({ thread: channel?.isThread() ?? false })
  const missing = missingPermissions(appPermissions, needed)
  return notices.mayNotPost(missing.length === 0 ? needed : missing, reference)
}

/** Deletes the post whose button was pressed. The share is given back once the post is surely gone, and never before. */
export async function withdraw(
  interaction: ButtonInteraction,
  request: CommandRequest,
  reply: Reply,
  { app, log }: Needs,
): Promise<void> {
  try {
    await deletePressed(interaction)
  } catch (error) {
    const reference = newReference()
    log('warn', 'could not delete a shared post', {
      reference,
      ...discordFields(error),
      ...errorFields(error),
    })
    const { notices } = await app.strings(request)
    return tell(interaction, note('aside', notices.notTakenBack('Discord', reference)), log)
  }
  await app.withdrawn(request)
  await tell(interaction, reply, log)
}

/** What a press hangs on is its `@original` once an update was deferred. Deleting it twice does no harm. */
async function deletePressed({ webhook }: ButtonInteraction): Promise<void> {
  await patiently
    .execute(() => webhook.deleteMessage('@original'))
    .catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
}
