import type { Opinion } from '../action.ts'
import type { AnswerId, GameId, UserKey } from '../ids.ts'

/** Somebody's opinion of a game that an answer showed. */
export type Said = {
  readonly user: UserKey
  readonly game: GameId
  readonly opinion: Opinion
  readonly answer: AnswerId
  /** The platform's name of the press. One that comes again says nothing new. */
  readonly event?: string | undefined
}

/** What somebody said of games, newest first; one opinion a game. */
export interface Opinions {
  of(user: UserKey): Promise<readonly { readonly game: GameId; readonly opinion: Opinion }[]>
  /** In the place of what they said of that game before. */
  record(said: Said): Promise<void>
  /** Leaves another opinion that they have come to since then. */
  takeBack(said: Said): Promise<void>
  /** How often each game was shown to somebody since then, on pages that they turned to. */
  shown(user: UserKey, since: Date): Promise<ReadonlyMap<GameId, number>>
}
