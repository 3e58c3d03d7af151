import type { Rates } from '../catalogue/prices.ts'
import type { RequestOf } from '../command-request.ts'
import { rulesFor, type WithSettings } from '../places/place.ts'
import { overruled, readFeedback, saidIn } from '../players/feedback.ts'
import type { About, Source } from '../recommend/answers.ts'
import { recommendFor } from '../recommend/recommend.ts'
import type { Scorer } from '../recommend/scorer.ts'
import type { Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { type AnsweringPorts, answerWith, explained, namedPicks } from './answering.ts'
import { nothingLeft } from './nothing-left.ts'
import { tellingWhose } from './other-meaning.ts'
import { readFilter } from './read-filter.ts'
import { type LibraryPorts, type Read, readLibrary } from './read-library.ts'

export type RecommendPorts = AnsweringPorts &
  LibraryPorts & {
    readonly scorer: Scorer
    readonly rates: Rates
  }

/** `/recommend`: picks for a library. */
export async function recommend(
  ports: RecommendPorts,
  request: WithSettings<RequestOf<'recommend'>>,
  strings: Strings,
): Promise<Reply> {
  const filter = await readFilter(ports, request.filterInput, rulesFor(request), strings.prices)
  if ('kind' in filter) return explained(filter, strings)
  const read = await readLibrary(ports, request)
  const told = { catalogue: ports.catalogue, strings, found: !('kind' in read) }
  if ('kind' in read) return tellingWhose(explained(read, strings), request.player, told)
  const named = read.likedNames === undefined ? [] : read.games.map((each) => each.game)
  const said = await readFeedback(ports, request.user)
  const feedback = overruled(said, named)
  const { count, discovery } = request
  const found = await recommendFor(ports, { owned: read.games, filter, count, discovery, feedback, named })
  if (found.picks.length === 0) {
    return explained(
      await nothingLeft(ports.catalogue, { filterInput: request.filterInput, filter }, strings),
      strings,
    )
  }
  const picks = namedPicks(found, read.games, [...named, ...feedback.liked])
  const about = { ...aboutOf(read, found.source), unknown: await ports.catalogue.undecided(filter) }
  const shown = { strings, steamId: read.steamId, read: { facts: found.facts, said: saidIn(said) } }
  const reply = await answerWith(ports, request, { picks, about }, shown)
  return tellingWhose(reply, request.player, told)
}

function aboutOf({ games, staleSince, likedNames }: Read, source: Source): About {
  if (likedNames !== undefined) return { kind: 'liked', names: likedNames, source }
  const playtimeHidden = games.every((owned) => owned.minutes === 0)
  return {
    ...{ kind: 'recommend', gamesRead: games.length, playtimeHidden, source },
    staleSince: staleSince?.toISOString(),
  }
}
