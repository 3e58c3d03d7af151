import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Game } from '../catalogue/game.ts'
import type { Likeness } from './likeness.ts'
import type { Ranked } from './scorer.ts'

/** A power of the owners: what everybody owns is near everything. Chosen with the next on half of 100 games whose like is known. */
const HELD_BACK = 0.25
const FEW = 10

/** What a game that shares no tag keeps. */
const LEAST = 0.05

/** How near a candidate is to games that were named, by their tags and studios; what players say of it is its score. */
export function nearness(
  likeness: Likeness,
  named: readonly Game[],
  fact: Game | undefined,
  { owners = 0 }: Pick<Ranked, 'owners'>,
): number {
  const alike = fact ? named.map((game) => likeness.of(game, fact)) : []
  return Math.max(FEW, owners) ** -HELD_BACK * (LEAST + Math.max(0, ...alike)) ** 2
}

/** Fewer than half of the reviews are positive. */
export function isDisliked({ reviews }: Game): boolean {
  return reviews !== undefined && reviews.share < 0.5
}

const STUDIO = { games: 2, of: 5 }

/** In this order, but no more than two games of one studio among five: those that are too many move back. */
export function spreadStudios<T extends Pick<Ranked, 'game'>>(
  picks: readonly T[],
  facts: ReadonlyMap<Ranked['game'], Game>,
  count: number,
): T[] {
  const studioOf = ({ game }: T) => facts.get(game)?.developers[0]
  const left = [...picks]
  const chosen: T[] = []
  while (chosen.length < count && left.length > 0) {
    const five = chosen.slice(chosen.length - (chosen.length % STUDIO.of))
    const at = left.findIndex((pick) => {
      const studio = studioOf(pick)
      return studio === undefined || five.filter((one) => studioOf(one) === studio).length < STUDIO.games
    })
    const [next] = at === -1 ? [] : left.splice(at, 1)
    if (!next) break
    chosen.push(next)
  }
  return chosen
}

/** What more games carry is no mark of any of them. */
const TELLING = 1 / 5

/** The tags of a game that fewer than a fifth of all indie games carry. */
export async function tellingTags(
  catalogue: Pick<Catalogue, 'indie' | 'label'>,
  { tags }: Game,
): Promise<ReadonlySet<string>> {
  const most = TELLING * (await catalogue.indie()).length
  const labels = await Promise.all(tags.map((tag) => catalogue.label(tag)))
  return new Set(tags.filter((_, at) => (labels[at]?.games ?? 0) < most))
}
