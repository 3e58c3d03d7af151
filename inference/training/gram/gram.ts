import type { Tiles } from '../../solver/tiles.ts'
import type { Threads } from '../threads/threads.ts'
import type { SharedPlays } from './shared-plays.ts'

/** More than one, so that a thread that is done early finds something left. */
const PARTS_PER_THREAD = 8

/**
 * Fills tiles with the Gram matrix XᵀWX, games × games: with weights of 1, how many players own both games. Every row is
 * summed up by one thread in one order, so that all bits are the same whatever the number of threads.
 */
export async function gram(plays: SharedPlays, tiles: Tiles, threads: Threads): Promise<void> {
  const parts = evenParts(workOf(plays), threads.count * PARTS_PER_THREAD)
  await threads.run(parts.map(([from, to]) => ({ kind: 'count', plays, tiles, from, to })))
}

/** For each game, how many numbers are added up for its row. */
function workOf({ offsets, owners }: SharedPlays): Float64Array {
  return Float64Array.from({ length: owners.offsets.length - 1 }, (_, game) => {
    let work = 0
    for (let at = owners.offsets[game] as number; at < (owners.offsets[game + 1] as number); at++) {
      work += (offsets[(owners.players[at] as number) + 1] as number) - (owners.pairs[at] as number)
    }
    return work
  })
}

/** Cuts a row of tasks into at most so many ranges of about the same work. */
export function evenParts(work: Float64Array, parts: number): (readonly [from: number, to: number])[] {
  const share = work.reduce((sum, each) => sum + each, 0) / parts
  const cuts: (readonly [number, number])[] = []
  let from = 0
  let done = 0
  for (const [at, each] of work.entries()) {
    done += each
    const whole = done >= share * (cuts.length + 1) && cuts.length + 1 < parts
    if (!whole && at + 1 < work.length) continue
    cuts.push([from, at + 1])
    from = at + 1
  }
  return cuts
}
