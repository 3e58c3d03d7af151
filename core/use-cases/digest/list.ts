import { note } from '../../cards/cards.ts'
import type { Listed } from '../../digest/subscriptions.ts'
import type { Block, Inline, Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'
import type { DigestPorts } from './digests.ts'
import { digestsOf, type Managing } from './managing.ts'

/** `/digest list`: which there are, when the next is due, how the last one went, and why one is paused. */
export async function listDigests(ports: DigestPorts, ask: Managing, strings: Strings): Promise<Reply> {
  const { subscriptions: say, command } = strings
  const all = await digestsOf(ports, ask)
  if (all.length === 0) return note('answer', say.none(command))
  const head = say.head(all.length)
  return {
    ...note('answer', head),
    blocks: [{ kind: 'text', text: [{ bold: head }] }, ...all.map((one) => lineOn(one, strings))],
  }
}

function lineOn(one: Listed, strings: Strings): Block {
  const { number, channel, count, genres, schedule, untold } = one
  const { subscriptions: say } = strings
  const { weekday, time, timezone } = schedule
  const told = [
    say.what(count, genres),
    say.when(weekday, time, timezone),
    standing(one, strings),
    last(one, strings),
  ]
  const warning: Inline[] = untold ? [{ bold: say.untold }, ' '] : []
  const rest = told.filter((part) => part !== undefined).join(' · ')
  return { kind: 'text', text: [...warning, { bold: `${number}` }, ' ', { channel }, ` ${rest}`] }
}

function standing({ paused, nextDueAt, schedule: { timezone } }: Listed, strings: Strings): string {
  const { subscriptions: say, format } = strings
  return paused
    ? say.paused(paused.why, format.moment(paused.since, timezone))
    : say.nextAt(format.moment(nextDueAt, timezone))
}

function last({ last: outcome, schedule: { timezone } }: Listed, strings: Strings): string | undefined {
  if (!outcome) return undefined
  const { subscriptions: say, format } = strings
  const how = say.outcome[outcome.state]
  const why = outcome.note === undefined ? how : `${how}: ${say.note[outcome.note]}`
  return say.last(format.moment(outcome.dueAt, timezone), why)
}
