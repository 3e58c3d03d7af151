import { type CommonOwners, liftsOf } from './common-owners.ts'
import { isThin, type Knowledge, playedRows, type RankedLibrary } from './features.ts'
import { topRows } from './top-rows.ts'

/** How many of the first stage's best are ranked anew. */
export const FIRST_STAGE = 200

/** The candidates of a thin library come from two more sources. */
const THIN = { byLift: 200, mostPlayed: 150 }

/** The columns to rank anew: the first stage's best, and for few games those of `thinCandidates` too. */
export function candidateColumns(
  knowledge: Knowledge,
  library: RankedLibrary,
  scores: Float64Array,
  open: Int32Array,
  isOwn?: ArrayLike<number>,
): Int32Array {
  const best = topRows(scores, open, FIRST_STAGE)
  return isThin(library)
    ? Int32Array.from(new Set([...best, ...thinCandidates(knowledge, library, open, isOwn)]))
    : best
}

/** What owners of these few games own beyond their share, and what most play. `open` ascends. */
export function thinCandidates(
  knowledge: Knowledge,
  library: RankedLibrary,
  open: Int32Array,
  isOwn?: ArrayLike<number>,
): Int32Array {
  const players = playersOf(knowledge)
  const byLift = liftScores(knowledge.common, players, playedRows(library), isOwn)
  return Int32Array.from([...topRows(byLift, open, THIN.byLift), ...topRows(players, open, THIN.mostPlayed)])
}

/** Places of the candidates, the best first, ties by column. */
export function candidateOrder(utilities: ArrayLike<number>, columns: ArrayLike<number>): number[] {
  return Array.from(columns, (_, at) => at).sort(
    (a, b) =>
      (utilities[b] as number) - (utilities[a] as number) || (columns[a] as number) - (columns[b] as number),
  )
}

export function playersOf({ facts }: Knowledge): Float64Array {
  const players = facts.players.slice()
  for (let column = 0; column < players.length; column++) players[column] ||= 0
  return players
}

/** The mean lift over the games, and the logarithm of the players. */
export function liftScores(
  common: CommonOwners,
  players: Float64Array,
  rows: Int32Array,
  isOwn?: ArrayLike<number>,
): Float64Array {
  const { mean } = liftsOf(common, rows, Int32Array.from(players.keys()), isOwn)
  for (let column = 0; column < mean.length; column++) {
    mean[column] = (mean[column] as number) + Math.log1p(players[column] as number)
  }
  return mean
}
