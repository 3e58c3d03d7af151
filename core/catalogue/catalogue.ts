import type { Sort } from '../commands/filter-input.ts'
import type { GameId } from '../ids.ts'
import type { OwnedGame } from '../players/library.ts'
import type { AverageTaste } from './average-taste.ts'
import type { Filter } from './filter.ts'
import type { Game } from './game.ts'

/** A genre, tag or category that exists in the catalogue, with the number of indie games that carry it. */
export type Label = { readonly name: string; readonly games: number }

export interface Catalogue {
  /**
   * All indie games of type `game` that pass the filter and no operator has blocked, ascending. The same array object
   * comes back for the same filter until the catalogue is read again, so that callers may key caches on it.
   */
  allowed(filter: Filter): Promise<readonly GameId[]>
  /** All indie games of type `game`, ascending, whatever the rules of a place say: for measurement and evaluation. */
  indie(): Promise<readonly GameId[]>
  /**
   * The best of what is allowed by this order, best first, ties by id; never one of `without`. Each order takes the well
   * reviewed alone; without one all come, the better received first.
   */
  best(wanted: {
    readonly filter: Filter
    readonly sort: Sort | undefined
    readonly limit: number
    readonly without: readonly GameId[]
  }): Promise<readonly GameId[]>
  /** How many `best` would give without a limit, counted up to `most`: of many games all need not be looked at. */
  count(wanted: {
    readonly filter: Filter
    readonly sort: Sort | undefined
    readonly most: number
    readonly without: readonly GameId[]
  }): Promise<number>
  /** How many games pass the filter but for a fact on which it insists and which is unknown for them. */
  undecided(filter: Filter): Promise<number>
  /** The lowest price in cents among what is allowed; undefined where nothing with a price is. */
  cheapest(filter: Filter): Promise<number | undefined>
  /** Facts for those of the games that the catalogue knows. */
  facts(games: readonly GameId[]): Promise<ReadonlyMap<GameId, Game>>
  /**
   * Allowed games nearest to the tags of the owned ones, well-reviewed first: what is offered without the model.
   * Never one that is owned. Ordered best first, ties by id.
   */
  alike(owned: readonly OwnedGame[], filter: Filter, limit: number): Promise<readonly GameId[]>
  /**
   * Games by name for what has been typed so far, indie or not: those that are called so in any spelling, then those that
   * begin with it, then those that contain it; where there is none, similar ones.
   */
  games(typed: string, limit: number): Promise<readonly { readonly game: GameId; readonly name: string }[]>
  /** The label that a person meant (case and spaces do not matter), or undefined. */
  label(text: string): Promise<Label | undefined>
  /** Labels for what has been typed so far: those that begin with it, then those that contain it, then similar ones. */
  labels(typed: string, limit: number): Promise<readonly Label[]>
  /** What the average player plays and owns; empty before players were imported. */
  averageTaste(): Promise<AverageTaste>
}
