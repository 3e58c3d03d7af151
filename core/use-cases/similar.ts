import { findGame } from '../catalogue/find-game.ts'
import type { Requester, RequestOf } from '../command-request.ts'
import { ANYTHING } from '../commands/filter-input.ts'
import type { GameId } from '../ids.ts'
import { rulesFor, type WithSettings } from '../places/place.ts'
import { readFeedback, saidIn } from '../players/feedback.ts'
import type { Problem } from '../problem.ts'
import type { StoredPick } from '../recommend/answers.ts'
import { nearest } from '../recommend/nearest.ts'
import type { Scorer } from '../recommend/scorer.ts'
import type { Button, Reply } from '../reply.ts'
import { clip } from '../strings/formats.ts'
import type { Strings } from '../strings/language.ts'
import { type AnsweringPorts, answerWith, explained, withNotes } from './answering.ts'
import { nothingLeft } from './nothing-left.ts'
import { readFilter } from './read-filter.ts'

export type SimilarPorts = AnsweringPorts & {
  readonly scorer: Scorer
}

type Near = Awaited<ReturnType<typeof nearest>>

/** As many as a reason can say in one breath. */
const SHARED_SHOWN = 4

/** What a row holds, and what a button of either platform shows. */
const CHOICES = 5
const LABEL = 70

/** `/similar`: games near one that was named. */
export async function similar(
  ports: SimilarPorts,
  request: WithSettings<RequestOf<'similar'>>,
  strings: Strings,
): Promise<Reply> {
  const found = await findGame(ports.catalogue, request.game)
  if ('kind' in found) return withChoices(explained(found, strings), found)
  const reply = await similarTo(ports, request, { game: found.game, count: request.count }, strings)
  return withNotes(
    reply,
    ...(found.guessed ? [strings.notices.guessed(request.game, found.name)] : []),
    ...found.others.map(({ game, name }) =>
      strings.notices.namesake(name, strings.command('similar', { game: String(game) })),
    ),
  )
}

/** A button for each game that may have been meant, as many as stand in one row. */
function withChoices(reply: Reply, problem: Problem): Reply {
  const buttons = choicesOf(problem).map(
    ({ game, name, about }): Button => ({
      label: clip(about.length === 0 ? name : `${name} (${about.join(', ')})`, LABEL),
      action: { verb: 'similar', game },
      disabled: false,
    }),
  )
  return { ...reply, buttons: buttons.slice(0, CHOICES) }
}

function choicesOf(problem: Problem) {
  if (problem.kind === 'several-games') return problem.games
  return problem.kind === 'unknown-game' ? problem.near.map((game) => ({ ...game, about: [] })) : []
}

/** For a game by its number, as a button names it. */
export async function similarTo(
  ports: SimilarPorts,
  requester: WithSettings<Requester>,
  { game: id, count }: { readonly game: GameId; readonly count: number },
  strings: Strings,
): Promise<Reply> {
  const game = (await ports.catalogue.facts([id])).get(id)
  if (!game) return explained({ kind: 'unknown-game', asked: String(id), near: [] }, strings)
  const filter = await readFilter(ports, ANYTHING, rulesFor(requester), strings.prices)
  if ('kind' in filter) return explained(filter, strings)
  const feedback = await readFeedback(ports, requester.user)
  const without = feedback.skipped.filter((skipped) => skipped !== id)
  const found = await nearest(ports, { game, filter, count, without })
  if (found.picks.length === 0) {
    return explained(await nothingLeft(ports.catalogue, { filterInput: ANYTHING, filter }, strings), strings)
  }
  const about = { kind: 'similar', name: game.name, source: found.source } as const
  const read = { facts: found.facts, said: saidIn(feedback) }
  return answerWith(ports, requester, { picks: comparedPicks(found), about }, { strings, read })
}

/** With what they share in words: that all of a score comes from the one game is no reason. */
function comparedPicks({ picks, inCommon }: Near): StoredPick[] {
  return picks.map(({ game, score }) => {
    const common = inCommon(game)
    const told = common && {
      shared: common.tags.slice(0, SHARED_SHOWN),
      ...(common.studio && { sameStudio: true }),
    }
    return { game, score, reasons: [], owned: false, ...told }
  })
}
