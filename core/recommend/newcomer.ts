import type { Ranked } from './scorer.ts'

/** With fewer owners in training, what speaks for a game are its tags, its genres and its developer. */
const FEW_OWNERS = 10

/** The last place of the first page. */
const PLACE = 4

/** Known to the model, and to hardly any of its players. */
export function isNewcomer({ owners }: Pick<Ranked, 'owners'>): boolean {
  return owners !== undefined && owners < FEW_OWNERS
}

/** The candidates that players vouch for, and the best of those that nobody can vouch for yet. */
export function partNewcomers(worth: readonly Ranked[]) {
  return { known: worth.filter((each) => !isNewcomer(each)), newcomer: worth.find(isNewcomer) }
}

/** One new game among the picks, in the place of the least wanted where they are full; none where only one is asked for. */
export function withNewcomer(
  picks: readonly Ranked[],
  newcomer: Ranked | undefined,
  count: number,
): readonly Ranked[] {
  if (!newcomer || count < 2) return picks
  const kept = picks.slice(0, count - 1)
  return kept.toSpliced(Math.min(PLACE, kept.length), 0, newcomer)
}
