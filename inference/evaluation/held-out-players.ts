import { type GameId, gameId } from '../../core/ids.ts'
import type { OwnedGame } from '../../core/players/library.ts'
import type { Scorer } from '../../core/recommend/scorer.ts'
import type { Interactions } from '../../core/training/interactions.ts'
import type { Figures } from '../../core/training/refresh.ts'
import { restrict } from '../training/plays.ts'
import { mean, quality } from './metrics.ts'
import { cutCases } from './split.ts'

/** A held-out library with some of its played indie games hidden: a model shows how good it is by finding them. */
export type Judge = { readonly owned: readonly OwnedGame[]; readonly hidden: ReadonlySet<GameId> }

const DEPTH = 100

/** The held-out libraries that are large enough, cut in two among the games that any of the compared models knows. */
export function judgesAmong(
  heldOut: Interactions,
  vocabularies: readonly (readonly number[])[],
  indie: ReadonlySet<number>,
): Judge[] {
  const games = Int32Array.from(new Set(vocabularies.flat())).sort()
  const plays = restrict(heldOut, games)
  const gameAt = (row: number) => gameId(games[row] ?? 0)
  return cutCases(plays, heldOut.players, indie).map(({ input, minutes, targets }) => ({
    owned: Array.from(input, (row, at) => ({
      ...{ game: gameAt(row), minutes: minutes[at] ?? 0, name: undefined },
    })),
    hidden: new Set(Array.from(targets, gameAt)),
  }))
}

export type Judged = Figures & {
  /** NDCG@100 for each judge. */
  readonly each: readonly number[]
}

/** `offered`: indie games that any of the compared models knows, ascending. */
export async function judge(
  scorer: Scorer,
  judges: readonly Judge[],
  offered: readonly GameId[],
): Promise<Judged> {
  const rankings: (readonly GameId[])[] = []
  for (const { owned } of judges) {
    const ranked = await scorer.rank(owned, offered, DEPTH)
    rankings.push(ranked.map(({ game }) => game))
  }
  const found = judges.map(({ hidden }, at) => quality(rankings[at] ?? [], hidden))
  return {
    ndcg100: mean(found.map(({ ndcg100 }) => ndcg100)),
    precision10: mean(found.map(({ precision10 }) => precision10)),
    recall20: mean(found.map(({ recall20 }) => recall20)),
    coverage10: new Set(rankings.flatMap((games) => games.slice(0, 10))).size / offered.length,
    each: found.map(({ ndcg100 }) => ndcg100),
  }
}
