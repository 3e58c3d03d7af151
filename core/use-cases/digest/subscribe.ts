import { note } from '../../cards/cards.ts'
import type { Posting } from '../../command-request.ts'
import type { DigestRequest } from '../../digest/request.ts'
import { parseTime, parseTimezone, type Schedule, slotsAfter } from '../../digest/schedule.ts'
import { MAX_SUBSCRIPTIONS, type Subscription } from '../../digest/subscription.ts'
import type { NewSubscription } from '../../digest/subscriptions.ts'
import { timezonesLike } from '../../digest/timezones.ts'
import type { Problem } from '../../problem.ts'
import type { Block, Mention, Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'
import { explained } from '../answering.ts'
import { findLabels } from '../read-filter.ts'
import type { DigestPorts } from './digests.ts'
import type { Managing } from './managing.ts'

type Wanted = Extract<DigestRequest, { verb: 'subscribe' }>

const NEAR = 3
/** So many due times are told, in words. */
const TOLD = 3

/** `/digest subscribe`: a digest for this channel, every week. */
export async function subscribe(
  ports: DigestPorts,
  ask: Managing,
  wanted: Wanted,
  strings: Strings,
): Promise<Reply> {
  const read = await readSubscription(ports, ask, wanted, strings)
  if ('kind' in read) return explained(read, strings)
  const made = await ports.subscriptions.add(read, ports.now())
  if (made === 'full') return explained({ kind: 'too-many-digests', most: MAX_SUBSCRIPTIONS }, strings)
  return confirmed(made, { now: ports.now(), blind: ask.posting?.readsHistory === false }, strings)
}

/** Everything is looked at before anything is written. */
async function readSubscription(
  { catalogue }: DigestPorts,
  ask: Managing,
  wanted: Wanted,
  strings: Strings,
): Promise<NewSubscription | Problem> {
  const lacks = ask.posting?.lacks ?? []
  if (lacks.length > 0) return { kind: 'cannot-post-here', permissions: lacks }
  const schedule = readSchedule(ask, wanted)
  if ('kind' in schedule) return schedule
  const genres = await findLabels(catalogue, wanted.genres)
  if (!Array.isArray(genres)) return genres
  const { call } = wanted
  const refused = call && whyNotCalled(call, ask.posting)
  if (refused) return refused
  return {
    ...{ place: ask.place, channel: ask.channel, createdBy: ask.user },
    ...{ schedule, genres, count: wanted.count, locale: wanted.language ?? strings.locale, call },
  }
}

/** Notifying takes the permission of whoever sets the digest up and ours, but for a role that anybody may notify. */
function whyNotCalled(call: Mention, posting: Posting | undefined): Problem | undefined {
  if (typeof call === 'object' && posting?.openRoles?.includes(call.role)) return undefined
  if (posting?.mayCall === false) return { kind: 'may-not-mention' }
  return posting?.weMayNotCall ? { kind: 'we-may-not-mention' } : undefined
}

function readSchedule(ask: Managing, { weekday, time: typed, timezone: named }: Wanted): Schedule | Problem {
  const time = parseTime(typed)
  if (time === undefined) return { kind: 'bad-time', asked: typed }
  const timezone = parseTimezone(named ?? ask.timezone ?? '')
  if (named === undefined) return { weekday, time, timezone: timezone ?? 'UTC' }
  if (timezone !== undefined) return { weekday, time, timezone }
  return { kind: 'unknown-timezone', asked: named, near: timezonesLike(named, NEAR) }
}

type Told = { readonly now: Date; readonly blind: boolean }

function confirmed(
  { number, count, genres, schedule }: Subscription,
  { now, blind }: Told,
  strings: Strings,
): Reply {
  const { subscriptions: say, format } = strings
  const { weekday, time, timezone } = schedule
  const next = slotsAfter(schedule, now, TOLD).map(({ dueAt }) => format.moment(dueAt, timezone))
  const head = say.made(number, count, genres)
  const lines = [say.when(weekday, time, timezone), say.next(next), ...(blind ? [say.blind] : [])]
  return {
    ...note('answer', head),
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      ...lines.map((line): Block => ({ kind: 'text', text: [line] })),
    ],
  }
}
