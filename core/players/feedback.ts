import type { Opinion } from '../action.ts'
import type { GameId, UserKey } from '../ids.ts'
import type { OwnedGame, WeightedGame } from './library.ts'
import type { Opinions } from './opinions.ts'

/** What somebody has said of games, and what they were shown without a word. */
export type Feedback = {
  readonly liked: readonly GameId[]
  readonly played: readonly GameId[]
  readonly skipped: readonly GameId[]
  /** How often each game was shown of late, today not counted. */
  readonly shown: ReadonlyMap<GameId, number>
}

export const NO_FEEDBACK: Feedback = { liked: [], played: [], skipped: [], shown: new Map() }

/** A game that is liked counts twice what one counts that was only played. */
const LIKED_TIMES = 2

/** Stands for "played", where nobody counted. */
const SOME_MINUTES = 60

const DAY_MS = 86_400_000
const SHOWN_FOR_MS = 14 * DAY_MS

type Needs = { readonly opinions: Opinions; readonly now: () => Date }

/** What was shown today does not count yet, so that the same question has the same answer for a day (UTC). */
export async function readFeedback({ opinions, now }: Needs, user: UserKey): Promise<Feedback> {
  const today = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS)
  const [said, sinceWeeks, sinceToday] = await Promise.all([
    opinions.of(user),
    opinions.shown(user, new Date(today.getTime() - SHOWN_FOR_MS)),
    opinions.shown(user, today),
  ])
  const gamesOf = (opinion: string) => said.filter((one) => one.opinion === opinion).map(({ game }) => game)
  const before = [...sinceWeeks].map(([game, times]) => [game, times - (sinceToday.get(game) ?? 0)] as const)
  return {
    liked: gamesOf('like'),
    played: gamesOf('played'),
    skipped: gamesOf('skip'),
    shown: new Map(before.filter(([, times]) => times > 0)),
  }
}

/** What was said of each game. */
export function saidIn({ liked, played, skipped }: Feedback): ReadonlyMap<GameId, Opinion> {
  const said = (games: readonly GameId[], opinion: Opinion) => games.map((game) => [game, opinion] as const)
  return new Map([...said(liked, 'like'), ...said(played, 'played'), ...said(skipped, 'skip')])
}

/** Whoever names a game means it now, whatever they said of it before. */
export function overruled(feedback: Feedback, named: readonly GameId[]): Feedback {
  return { ...feedback, skipped: feedback.skipped.filter((game) => !named.includes(game)) }
}

/**
 * The library as it counts: a liked game speaks up, owned or not, one played elsewhere counts as owned, and one that is
 * not for them has no say. None of them is picked again.
 */
export function countedGames(
  owned: readonly OwnedGame[],
  { liked, played, skipped }: Feedback,
): WeightedGame[] {
  const counted = new Map<GameId, WeightedGame>(owned.map((entry) => [entry.game, entry]))
  const say = (game: GameId, change: Partial<WeightedGame>) =>
    counted.set(game, { ...(counted.get(game) ?? { game, minutes: 0, name: undefined }), ...change })
  for (const game of played) say(game, { minutes: SOME_MINUTES })
  for (const game of liked) say(game, { minutes: SOME_MINUTES, times: LIKED_TIMES })
  for (const game of skipped) say(game, { times: 0 })
  return [...counted.values()]
}
