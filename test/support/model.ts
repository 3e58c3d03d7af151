import { inverse, Matrix } from 'ml-matrix'
import { type Publication, publish } from '../../inference/publish.ts'
import { createRandom } from './interactions.ts'

export const INPUT_WEIGHTS = { owned: 1, played: 1.5 } as const
const L2 = 2
const PLAYERS = 80

export type SmallModel = {
  /** Appids, ascending. */
  readonly games: readonly number[]
  /** B in float64: row = owned game, column = target. */
  readonly b: Matrix
  readonly owners: readonly number[]
}

/** EASE in float64 on random players in which early games are the popular ones, so that B is far from symmetric. */
export function smallModel(games: readonly number[] = appids(40), seed = 1): SmallModel {
  const random = createRandom(seed)
  const rows = Array.from({ length: PLAYERS }, () =>
    games.map((_, game) => +(random() < 0.6 / (1 + game / 8))),
  )
  const plays = new Matrix(rows)
  const gram = plays.transpose().mmul(plays)
  const p = inverse(Matrix.add(gram, Matrix.eye(games.length).mul(L2)))
  const b = Matrix.zeros(games.length, games.length)
  for (let i = 0; i < games.length; i++) {
    for (let j = 0; j < games.length; j++) b.set(i, j, i === j ? 0 : -p.get(i, j) / p.get(j, j))
  }
  return { games, b, owners: gram.diag() }
}

/** 10, 20, 30, … */
export function appids(count: number): number[] {
  return Array.from({ length: count }, (_, i) => 10 * (i + 1))
}

/** Publishes a real model that knows the given games. Returns the version. */
export function publishModel(modelDir: string, model: SmallModel = smallModel()): Promise<number> {
  return publish(publicationOf(modelDir, model))
}

export function publicationOf(modelDir: string, { games, b, owners }: SmallModel): Publication {
  return {
    modelDir,
    games,
    weights: Float32Array.from(b.to1DArray()),
    owners,
    inputWeights: INPUT_WEIGHTS,
    manifest: {
      fingerprint: 'a small model for tests',
      options: { l2: L2 },
      counts: { players: PLAYERS, games: games.length },
      timings: {},
    },
  }
}

export type Reference = {
  readonly game: number
  readonly score: number
  /** In the order of the library. */
  readonly contributions: readonly number[]
}

/** What the model must answer, computed in float64: the best allowed games that are not owned, ties by id. */
export function referenceRanking(
  { games, b }: SmallModel,
  owned: ReadonlyMap<number, number>,
  allowed: readonly number[] = games,
): Reference[] {
  const row = new Map(games.map((game, i) => [game, i]))
  return allowed
    .filter((game) => !owned.has(game))
    .map((game) => {
      const contributions = Array.from(
        owned,
        ([own, weight]) => weight * b.get(row.get(own) ?? 0, row.get(game) ?? 0),
      )
      return { game, score: contributions.reduce((sum, part) => sum + part, 0), contributions }
    })
    .sort((x, y) => y.score - x.score || x.game - y.game)
}
