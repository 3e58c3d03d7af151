import { decodeAction } from '../../../core/action.ts'
import type { App } from '../../../core/app.ts'
import { note } from '../../../core/cards/cards.ts'
import type { Ask, Asker } from '../../../core/command-request.ts'
import { findCommand } from '../../../core/commands/catalogue.ts'
import { findGroup } from '../../../core/commands/groups.ts'
import { errorFields, type Log } from '../../../core/log.ts'
import { isForManagers, parseCommand } from '../../../core/parsing/parse.ts'
import type { Reply } from '../../../core/reply.ts'
import { type Answer, newReference } from '../../platform/answer.ts'
import { groupUsage, usage } from '../render/usage.ts'
import type { SendFile } from '../send/files.ts'
import { type Post, respond } from '../send/respond.ts'
import { whyNotPosted, withdraw } from '../send/shares.ts'
import { handOver } from '../send/upload-files.ts'
import type { Member, Members } from './members.ts'
import { asksForUsage, parseText, unwrapped } from './parse.ts'
import type { Command, Press, Whereabouts } from './payload.ts'

export type Talk = {
  readonly answer: Answer
  readonly app: Pick<App, 'undelivered' | 'withdrawn' | 'words' | 'removed'>
  readonly log: Log
}

/** What Slack itself is asked for beside the answer. */
export type Workspace = {
  readonly members: Members
  readonly sendFile: SendFile
  /** How answers get to a response URL; undefined: over the network. */
  readonly post?: Post
}

/** Where an answer goes, to whom, and what it answers. */
type Turn = Whereabouts & { readonly pressed: boolean; readonly asker: Asker; readonly ask: Ask | undefined }

/** An acknowledged slash command to its end. */
export async function onCommand(command: Command, talk: Talk, slack: Workspace): Promise<void> {
  const { name, text } = unwrapped(command)
  const spec = findCommand(name)
  const values = spec ? parseText(text, spec) : {}
  const { look, glance } = slack.members
  const asks = spec && isForManagers(spec, values) ? look : glance
  const asker = askerOf(command, await asks(command.user))
  const explained = spec ? asksForUsage(text, spec) && spec : findGroup(name)
  if (explained) {
    const words = await talk.app.words(asker)
    const reply = 'members' in explained ? groupUsage(explained, words) : usage(explained, words)
    return deliver(reply, { ...command, asker, pressed: false, ask: undefined }, talk, slack)
  }
  const parsed = parseCommand(name, values, asker)
  const ask: Ask = parsed.ok ? parsed.ask : { ...asker, kind: 'unclear', problem: parsed.problem }
  await deliver(await talk.answer(ask), { ...command, asker, pressed: false, ask }, talk, slack)
}

/** An acknowledged button to its end. */
export async function onPress(press: Press, talk: Talk, slack: Workspace): Promise<void> {
  const asker = askerOf(press, await slack.members.glance(press.user))
  const action = decodeAction(press.wire)
  const ask: Ask | undefined = action && { ...asker, kind: 'press', action, event: press.event }
  const reply = ask ? await talk.answer(ask) : note('aside', (await talk.app.words(asker)).notices.oldButton)
  await deliver(reply, { ...press, asker, pressed: true, ask }, talk, slack)
}

/** Slack knows no channels for adults: its managers speak for all of a workspace. */
function askerOf({ user, channel, place }: Whereabouts, member: Member): Asker {
  return { user, channel, parent: undefined, place, ...member, matureAllowed: place !== undefined }
}

async function deliver(reply: Reply, turn: Turn, talk: Talk, slack: Workspace): Promise<void> {
  const { sendFile, post } = slack
  const { ask, asker, responseUrl } = turn
  const words = () => talk.app.words(asker)
  try {
    if (reply.delivery === 'withdrawal' && ask) return await withdraw(reply, { ask, responseUrl, post }, talk)
    const shown = await handOver(reply, { send: sendFile, user: asker.user, words, log: talk.log })
    await respond(responseUrl, shown, turn.pressed, post)
  } catch (error) {
    await apologise(error, { reply, turn, post }, talk)
  }
}

/** The player learns the reference under which the log tells what happened, as far as Slack still lets us through. */
async function apologise(
  error: unknown,
  { reply, turn, post }: { reply: Reply; turn: Turn; post: Post | undefined },
  { app, log }: Talk,
): Promise<void> {
  const reference = newReference()
  const failed = (what: string) => (why: unknown) => log('warn', what, { reference, ...errorFields(why) })
  log('error', 'a reply did not reach Slack', { reference, delivery: reply.delivery, ...errorFields(error) })
  const isShare = reply.delivery === 'channel'
  if (isShare) await app.undelivered(reply).catch(failed('could not give the share back'))
  const words = await app.words(turn.asker)
  const sentence = isShare ? whyNotPosted(error, words, reference) : words.failures.ours(reference)
  await respond(turn.responseUrl, note('aside', sentence), turn.pressed, post).catch(
    failed('could not tell the player'),
  )
}
