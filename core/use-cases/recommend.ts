import type { Catalogue } from '../catalogue/catalogue.ts'
import { isTitle } from '../catalogue/find-game.ts'
import type { Rates } from '../catalogue/prices.ts'
import type { RequestOf } from '../command-request.ts'
import { rulesFor, type WithSettings } from '../places/place.ts'
import { overruled, readFeedback } from '../players/feedback.ts'
import type { About, Source } from '../recommend/answers.ts'
import { recommendFor } from '../recommend/recommend.ts'
import type { Scorer } from '../recommend/scorer.ts'
import type { Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { type AnsweringPorts, answerWith, explained, namedPicks, withNotes } from './answering.ts'
import { nothingLeft } from './nothing-left.ts'
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
  const meant = await otherMeaning(ports.catalogue, request, strings)
  if ('kind' in read) return withNotes(explained(read, strings), ...meant.map(strings.notices.orMeant))
  const named = read.likedNames === undefined ? [] : read.games.map((each) => each.game)
  const feedback = overruled(await readFeedback(ports, request.user), named)
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
  const reply = await answerWith(ports, request, { picks, about }, { strings, steamId: read.steamId })
  return withNotes(reply, ...meant.map((typed) => strings.notices.profileCalled(typedFor(request), typed)))
}

/** How to ask for a game or tag whose name was typed where a Steam ID is expected, as it is typed there. */
async function otherMeaning(
  catalogue: Catalogue,
  { player }: Pick<RequestOf<'recommend'>, 'player'>,
  { command }: Strings,
): Promise<string[]> {
  if (player.kind !== 'steam') return []
  const { typed, target } = player
  if (target?.kind === 'id' || typed.includes('/')) return []
  const label = await catalogue.label(typed)
  if (label) return [command('recommend', { genre: label.name })]
  return (await isTitle(catalogue, typed)) ? [command('recommend', { like: typed })] : []
}

function typedFor({ player }: RequestOf<'recommend'>): string {
  return player.kind === 'steam' ? player.typed : ''
}

function aboutOf({ games, staleSince, likedNames }: Read, source: Source): About {
  if (likedNames !== undefined) return { kind: 'liked', names: likedNames, source }
  const playtimeHidden = games.every((owned) => owned.minutes === 0)
  return {
    ...{ kind: 'recommend', gamesRead: games.length, playtimeHidden, source },
    staleSince: staleSince?.toISOString(),
  }
}
