import { note } from '../cards/cards.ts'
import type { RequestOf } from '../command-request.ts'
import { MAX_PLAYERS } from '../commands/catalogue.ts'
import { rulesFor, type WithSettings } from '../places/place.ts'
import { pickForGroup } from '../recommend/pick-for-group.ts'
import type { Scorer } from '../recommend/scorer.ts'
import type { Block, Inline, Reply } from '../reply.ts'
import { clip } from '../strings/formats.ts'
import type { Strings } from '../strings/language.ts'
import { explainProblem } from '../strings/strings.ts'
import { type AnsweringPorts, answerWith, explained } from './answering.ts'
import { type GroupPorts, type LeftOut, readGroup } from './read-group.ts'

export type TogetherPorts = AnsweringPorts & GroupPorts & { readonly scorer: Scorer }

/** As much of what was typed as tells who was meant. */
const SHOWN = 60

/** `/together`: what several players could play with each other. */
export async function together(
  ports: TogetherPorts,
  request: WithSettings<RequestOf<'together'>>,
  strings: Strings,
): Promise<Reply> {
  const { players, count } = request
  if (players.length > MAX_PLAYERS)
    return explained({ kind: 'too-many-players', asked: players.length, most: MAX_PLAYERS }, strings)
  const { libraries, leftOut } = await readGroup(ports, request, players)
  if (libraries.length < 2) return tooFew(libraries.length, leftOut, strings)
  const { picks, source } = await pickForGroup(ports, libraries, { count, rules: rulesFor(request) })
  if (picks.length === 0) {
    const filters = [strings.together.playable(libraries.length)]
    return withLeftOut(explained({ kind: 'nothing-left', filters, relax: [] }, strings), leftOut, strings)
  }
  const about = { kind: 'together', players: libraries.length, leftOut: leftOut.length, source } as const
  return withLeftOut(await answerWith(ports, request, { picks, about }, { strings }), leftOut, strings)
}

function tooFew(found: number, leftOut: readonly LeftOut[], strings: Strings): Reply {
  const sentence = explainProblem({ kind: 'too-few-players', found, leftOut: leftOut.length > 0 }, strings)
  return withLeftOut(note('answer', sentence), leftOut, strings)
}

/** Names them above the games, this once: a page that is turned tells their number alone. */
function withLeftOut(reply: Reply, leftOut: readonly LeftOut[], strings: Strings): Reply {
  const first = reply.blocks.findIndex(({ kind }) => kind !== 'text')
  const at = first < 0 ? reply.blocks.length : first
  return { ...reply, blocks: reply.blocks.toSpliced(at, 0, ...leftOut.map((one) => lineOn(one, strings))) }
}

function lineOn({ who, why }: LeftOut, { together }: Strings): Block {
  const named: Inline = typeof who === 'string' ? { bold: clip(who, SHOWN) } : who
  return { kind: 'text', text: ['• ', named, ': ', together.leftOut[why]] }
}
