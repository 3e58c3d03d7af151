import { publish } from '../../inference/model/publish.ts'
import { DEFAULT } from '../../inference/training/variants.ts'

/**
 * Publishes a model of random weights: how long scoring takes depends on its size alone. Of each hundred games so many as
 * `share` says may be picked. Returns the version.
 */
export async function publishRandom(modelDir: string, games: number, share: number): Promise<number> {
  const appids = Int32Array.from({ length: games }, (_, row) => row + 1)
  const targets = appids.filter((_, row) => Math.floor(row * share) !== Math.floor((row + 1) * share))
  const weights = new Float32Array(games * targets.length)
  let state = 1
  for (let at = 0; at < weights.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    weights[at] = state / 0x80000000 - 0.3
  }
  return publish({
    modelDir,
    games: appids,
    targets,
    weights,
    owners: appids,
    inputWeights: DEFAULT.input,
    manifest: { fingerprint: 'random weights', options: {}, counts: {}, timings: {} },
  })
}
