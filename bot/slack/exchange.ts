import { decodeAction } from '../../core/action.ts'
import type { App, Ask } from '../../core/ask.ts'
import { note } from '../../core/cards.ts'
import { parseCommand } from '../../core/commands.ts'
import { errorFields, type Log } from '../../core/log.ts'
import type { Reply } from '../../core/reply.ts'
import { explainError, notPosted, OLD_BUTTON } from '../../core/words.ts'
import { type Answer, newReference } from '../answer.ts'
import { asksForHelp, parseText } from './parse.ts'
import { type Command, type Press, parseCommandPayload, parsePressPayload } from './payload.ts'
import { respond } from './respond.ts'
import { findCommand, usage } from './usage.ts'

export type Talk = {
  readonly answer: Answer
  readonly app: Pick<App, 'undelivered'>
  readonly log: Log
}

/** Where an answer goes, and what it answers. */
type Turn = { readonly responseUrl: string; readonly pressed: boolean; readonly ask: Ask | undefined }

/** An acknowledged slash command to its end. Throws for a payload that is not Slack's, and for nothing else. */
export async function onCommand(body: unknown, talk: Talk): Promise<void> {
  const command = parseCommandPayload(body)
  const read = readCommand(command)
  const ask = 'kind' in read ? read : undefined
  const turn = { responseUrl: command.responseUrl, pressed: false, ask }
  await deliver('kind' in read ? await talk.answer(read) : read, turn, talk)
}

/** An acknowledged button to its end. Throws for a payload that is not Slack's, and for nothing else. */
export async function onPress(body: unknown, talk: Talk): Promise<void> {
  const press = parsePressPayload(body)
  const ask = readPress(press)
  const reply = ask ? await talk.answer(ask) : note('aside', OLD_BUTTON)
  await deliver(reply, { responseUrl: press.responseUrl, pressed: true, ask }, talk)
}

/** What to ask the core, or what to say at once. */
function readCommand({ name, text, user }: Command): Ask | Reply {
  const spec = findCommand(name)
  if (spec && asksForHelp(text)) return usage(spec)
  const parsed = parseCommand(name, spec ? parseText(text, spec) : {}, { user, matureAllowed: false })
  return parsed.ok ? parsed.ask : note('answer', parsed.problem)
}

function readPress({ wire, user }: Press): Ask | undefined {
  const action = decodeAction(wire)
  return action && { kind: 'press', user, matureAllowed: false, action }
}

async function deliver(reply: Reply, turn: Turn, talk: Talk): Promise<void> {
  try {
    await respond(turn.responseUrl, reply, turn.pressed)
  } catch (error) {
    await apologise(error, reply, turn, talk)
  }
}

/** The player learns the reference under which the log tells what happened, as far as Slack still lets us through. */
async function apologise(error: unknown, reply: Reply, turn: Turn, { app, log }: Talk): Promise<void> {
  const reference = newReference()
  const failed = (what: string) => (why: unknown) => log('warn', what, { reference, ...errorFields(why) })
  log('error', 'a reply did not reach Slack', { reference, delivery: reply.delivery, ...errorFields(error) })
  const isShare = reply.delivery === 'channel' && turn.ask !== undefined
  if (isShare) await app.undelivered(turn.ask).catch(failed('could not give the share back'))
  const sentence = isShare ? notPosted('Slack', reference) : explainError(error, reference)
  await respond(turn.responseUrl, note('aside', sentence), turn.pressed).catch(
    failed('could not tell the player'),
  )
}
