import type { Opinion } from '../../../core/action.ts'
import type { AnswerId, GameId, UserKey } from '../../../core/ids.ts'
import type { StoredAnswer } from '../../../core/recommend/answers.ts'
import { memoryOpinions } from './ports.ts'

/** Opinions in memory, of which a test can say what was shown and when. */
export function opinionsWithShowings() {
  const showings: { readonly user: StoredAnswer['user']; readonly game: GameId; readonly at: Date }[] = []
  const shown = async (user: UserKey, since: Date) => {
    const times = new Map<GameId, number>()
    for (const each of showings) {
      if (each.user === user && each.at >= since) times.set(each.game, (times.get(each.game) ?? 0) + 1)
    }
    return times
  }
  return {
    ...memoryOpinions(),
    shown,
    show(user: StoredAnswer['user'], games: readonly GameId[], at: Date) {
      showings.push(...games.map((game) => ({ user, game, at })))
    },
  }
}

export function said(user: UserKey, game: GameId, opinion: Opinion) {
  return { user, game, opinion, answer: 'answer-12345' as AnswerId }
}
