import type { App, Ask } from '../../core/ask.ts'
import { note } from '../../core/cards.ts'
import { errorFields, type Log } from '../../core/log.ts'
import type { Reply } from '../../core/reply.ts'
import { newReference } from '../answer.ts'
import { deletePressed, respond } from './respond.ts'

type Pressed = { readonly ask: Ask; readonly responseUrl: string }
type Needs = { readonly app: Pick<App, 'withdrawn' | 'words'>; readonly log: Log }

/** Deletes the post whose button was pressed. The share is given back once the post is surely gone, and never before. */
export async function withdraw(
  reply: Reply,
  { ask, responseUrl }: Pressed,
  { app, log }: Needs,
): Promise<void> {
  try {
    await deletePressed(responseUrl)
  } catch (error) {
    const reference = newReference()
    log('warn', 'a share was not taken back', { reference, ...errorFields(error) })
    const { notices } = await app.words(ask)
    return respond(responseUrl, note('aside', notices.notTakenBack('Slack', reference)), true)
  }
  await app.withdrawn(ask)
  await respond(responseUrl, reply, true)
}
