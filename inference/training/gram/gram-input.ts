import { copyTiles, type Tiles } from '../../solver/tiles.ts'
import type { Threads } from '../threads/threads.ts'
import type { Evidence } from './evidence.ts'
import { gram } from './gram.ts'
import { type SharedPlays, sharePlays } from './shared-plays.ts'

/** A Gram matrix, however it is come by. */
export type GramInput = {
  /** Appids, ascending: row numbers. */
  readonly vocabulary: Int32Array
  /** How many players own each game. */
  readonly owners: Int32Array
  /** Writes it into the tiles, as often as it is asked to, and tells what a check can multiply by. */
  fill(tiles: Tiles, threads: Threads): Promise<SharedPlays | Tiles>
}

export function gramOfPlays({ plays, weighting }: Evidence, owners: Int32Array): GramInput {
  return {
    vocabulary: plays.vocabulary,
    owners,
    async fill(tiles, threads) {
      const shared = sharePlays(plays, weighting)
      await gram(shared, tiles, threads)
      return shared
    },
  }
}

/** `kept` lies in memory of its own. */
export function gramOfTiles(kept: Tiles, games: Pick<GramInput, 'vocabulary' | 'owners'>): GramInput {
  return {
    ...games,
    async fill(tiles) {
      copyTiles(kept, tiles)
      return kept
    },
  }
}
