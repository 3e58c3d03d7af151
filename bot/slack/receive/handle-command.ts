import { decodeAction } from '../../../core/action.ts'
import type { App } from '../../../core/app.ts'
import { note } from '../../../core/cards/cards.ts'
import type { CommandRequest, Requester } from '../../../core/command-request.ts'
import { findCommand } from '../../../core/commands/catalogue.ts'
import { findGroup } from '../../../core/commands/groups.ts'
import { errorFields, type Log, newReference } from '../../../core/log.ts'
import { isForManagers, parseCommand } from '../../../core/parsing/parse.ts'
import type { Reply } from '../../../core/reply.ts'
import { asksForUsage, unwrapped } from '../../platform/command-line.ts'
import { groupUsage, usage } from '../render/usage.ts'
import type { SendFile } from '../send/files.ts'
import { type Post, respond } from '../send/respond.ts'
import { whyNotPosted, withdraw } from '../send/shares.ts'
import { uploadFiles } from '../send/upload-files.ts'
import type { Member, Members } from './members.ts'
import { parseText } from './parse.ts'
import type { Command, Press, Whereabouts } from './payload.ts'
import { slackSyntax } from './syntax.ts'

export type HandlerDeps = {
  readonly app: Pick<App, 'handle' | 'undelivered' | 'withdrawn' | 'strings' | 'removed'>
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
type Turn = Whereabouts & {
  readonly pressed: boolean
  readonly requester: Requester
  readonly request: CommandRequest | undefined
}

/** An acknowledged slash command to its end. */
export async function handleCommand(command: Command, talk: HandlerDeps, slack: Workspace): Promise<void> {
  const { name, text } = unwrapped(command)
  const spec = findCommand(name)
  const values = spec ? parseText(text, spec) : {}
  const { fetchProfile, cachedProfile } = slack.members
  const asks = spec && isForManagers(spec, values) ? fetchProfile : cachedProfile
  const requester = requesterOf(command, await asks(command.user))
  const explained = spec ? asksForUsage(text, spec) && spec : findGroup(name)
  if (explained) {
    const words = await talk.app.strings(requester)
    const reply = 'members' in explained ? groupUsage(explained, words) : usage(explained, words)
    return deliver(reply, { ...command, requester, pressed: false, request: undefined }, talk, slack)
  }
  const parsed = parseCommand(name, values, requester, slackSyntax(requester))
  const request: CommandRequest = parsed.ok
    ? parsed.request
    : { ...requester, kind: 'unclear', problem: parsed.problem }
  await deliver(
    await talk.app.handle(request),
    { ...command, requester, pressed: false, request },
    talk,
    slack,
  )
}

/** An acknowledged button to its end. */
export async function handlePress(press: Press, talk: HandlerDeps, slack: Workspace): Promise<void> {
  const requester = requesterOf(press, await slack.members.cachedProfile(press.user))
  const action = decodeAction(press.wire)
  const request: CommandRequest | undefined = action && {
    ...requester,
    kind: 'press',
    action,
    event: press.event,
  }
  const reply = request
    ? await talk.app.handle(request)
    : note('aside', (await talk.app.strings(requester)).notices.oldButton)
  await deliver(reply, { ...press, requester, pressed: true, request }, talk, slack)
}

/** Slack knows no channels for adults: its managers speak for all of a workspace. */
function requesterOf({ user, channel, place }: Whereabouts, member: Member): Requester {
  return { user, channel, parent: undefined, place, ...member, matureAllowed: place !== undefined }
}

async function deliver(reply: Reply, turn: Turn, talk: HandlerDeps, slack: Workspace): Promise<void> {
  const { sendFile, post } = slack
  const { request, requester, responseUrl } = turn
  const words = () => talk.app.strings(requester)
  try {
    if (reply.delivery === 'withdrawal' && request)
      return await withdraw(reply, { request, responseUrl, post }, talk)
    const shown = await uploadFiles(reply, {
      send: sendFile,
      user: requester.user,
      strings: words,
      log: talk.log,
    })
    await respond(responseUrl, shown, turn.pressed, post)
  } catch (error) {
    await apologise(error, { reply, turn, post }, talk)
  }
}

/** The player learns the reference under which the log tells what happened, as far as Slack still lets us through. */
async function apologise(
  error: unknown,
  { reply, turn, post }: { reply: Reply; turn: Turn; post: Post | undefined },
  { app, log }: HandlerDeps,
): Promise<void> {
  const reference = newReference()
  const failed = (what: string) => (why: unknown) => log('warn', what, { reference, ...errorFields(why) })
  log('error', 'could not send a reply to Slack', {
    reference,
    delivery: reply.delivery,
    ...errorFields(error),
  })
  const isShare = reply.delivery === 'channel'
  if (isShare) await app.undelivered(reply).catch(failed('could not give the share back'))
  const words = await app.strings(turn.requester)
  const sentence = isShare ? whyNotPosted(error, words, reference) : words.failures.ours(reference)
  await respond(turn.responseUrl, note('aside', sentence), turn.pressed, post).catch(
    failed('could not tell the player'),
  )
}
