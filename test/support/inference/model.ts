import { inverse, Matrix } from 'ml-matrix'
import { type Publication, publish } from '../../../inference/model/publish.ts'
import { createRandom } from '../builders/interactions.ts'

export const INPUT_WEIGHTS = { owned: 1, played: 1.5 } as const
const L2 = 2
const PLAYERS = 80

export type SmallModel = {
  /** Appids, ascending. */
  readonly games: readonly number[]
  /** Those of them that may be picked, ascending. */
  readonly targets: readonly number[]
  /** B in float64, all of its columns: row = owned game, column = target. */
  readonly b: Matrix
  readonly owners: readonly number[]
}

/** EASE in float64 on random players in which early games are the popular ones, so that B is far from symmetric. */
export function smallModel(games: readonly number[] = appids(40), seed = 1, targets = games): SmallModel {
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
  return { games, targets, b, owners: gram.diag() }
}

/** 10, 20, 30, … */
export function appids(count: number): number[] {
  return Array.from({ length: count }, (_, i) => 10 * (i + 1))
}

/** Publishes a real model that knows the given games. Returns the version. */
export function publishModel(modelDir: string, model: SmallModel = smallModel()): Promise<number> {
  return publish(publicationOf(modelDir, model))
}

export function publicationOf(modelDir: string, { games, targets, b, owners }: SmallModel): Publication {
  return {
    modelDir,
    games,
    targets,
    weights: Float32Array.from(b.subMatrixColumn(targets.map((game) => games.indexOf(game))).to1DArray()),
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

/** What the model must answer, computed in float64 from the whole of B: the best allowed games that are not owned, ties by id. */
export function referenceRanking(
  { games, targets, b }: SmallModel,
  owned: ReadonlyMap<number, number>,
  allowed: readonly number[] = targets,
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

/** Places in the library of the up to three summands that speak most for a pick, and their parts of all that does. */
export function referenceReasons(contributions: readonly number[]) {
  const speaking = contributions.map((part, place) => ({ place, part: Math.max(0, part) }))
  const sum = speaking.reduce((total, { part }) => total + part, 0)
  const most = speaking.sort((a, b) => b.part - a.part || a.place - b.place).slice(0, 3)
  return most.map(({ place, part }) => ({ place, share: sum > 0 ? part / sum : 0 }))
}
