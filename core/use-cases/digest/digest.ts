import { note } from '../../cards/cards.ts'
import type { RequestOf } from '../../command-request.ts'
import type { DigestRequest, OnOne } from '../../digest/request.ts'
import type { Listed } from '../../digest/subscriptions.ts'
import type { WithSettings } from '../../places/place.ts'
import type { Problem } from '../../problem.ts'
import type { Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'
import { explained } from '../answering.ts'
import type { DigestPorts } from './digests.ts'
import { listDigests } from './list.ts'
import { digestsOf, type Managing, managing } from './managing.ts'
import { subscribe } from './subscribe.ts'

/** `/digest …`: for those who may manage the place or the channel. */
export async function digest(
  ports: DigestPorts,
  asked: WithSettings<RequestOf<'digest'>>,
  strings: Strings,
): Promise<Reply> {
  const ask = managing(asked)
  if (!('place' in ask)) return explained(ask, strings)
  const { request } = ask
  switch (request.verb) {
    case 'subscribe':
      return subscribe(ports, ask, request, strings)
    case 'list':
      return listDigests(ports, ask, strings)
    default:
      return onOne(ports, ask, request, strings)
  }
}

type AboutOne = Extract<DigestRequest, { verb: OnOne }>

async function onOne(ports: DigestPorts, ask: Managing, request: AboutOne, strings: Strings): Promise<Reply> {
  const found = choose(await digestsOf(ports, ask), ask, request.number)
  return 'kind' in found ? explained(found, strings) : act(ports, { ask, verb: request.verb, found }, strings)
}

/** By its number, or the only one of this channel. */
function choose(all: readonly Listed[], { channel }: Managing, number: number | undefined): Listed | Problem {
  const here = all.filter((one) => (number === undefined ? one.channel === channel : one.number === number))
  const [first, second] = here
  if (!first) return { kind: 'no-digest', number }
  return second ? { kind: 'which-digest', numbers: here.map((one) => one.number) } : first
}

type Acting = { readonly ask: Managing; readonly verb: OnOne; readonly found: Listed }

async function act(ports: DigestPorts, { verb, found }: Acting, strings: Strings): Promise<Reply> {
  const { id, number, schedule } = found
  const { subscriptions: say, command, format } = strings
  const now = ports.now()
  switch (verb) {
    case 'preview':
      return ports.preview(found, strings)
    case 'now': {
      const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
      const added = await ports.deliveries.add(id, { key: `now:${minute.toISOString()}`, dueAt: now })
      return added === undefined
        ? explained({ kind: 'asked-just-now' }, strings)
        : note('answer', say.onItsWay(number))
    }
    case 'pause':
      await ports.subscriptions.pause(id, 'by-hand', now)
      return note('answer', say.pausedByHand(number, command))
    case 'resume': {
      const slot = await ports.subscriptions.resume(id, now)
      return slot === undefined
        ? explained({ kind: 'no-digest', number }, strings)
        : note('answer', say.resumed(number, format.moment(slot.dueAt, schedule.timezone)))
    }
    case 'remove':
      await ports.subscriptions.remove(id)
      return note('answer', say.removed(number))
  }
}
