import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Interactions } from '../../core/training/interactions.ts'
import { createRandom } from '../../test/support/builders/interactions.ts'

/** How many players, games and pairs of both an input is about to have. */
export type Size = { readonly players: number; readonly games: number; readonly pairs: number }

const [COMMA, ZERO] = [44, 48]
const SHORTEST_LINE = '0,0\n'.length
const CHUNK = 2 ** 20

/** Reads `user,item` lines under a heading: by user, numbered from 0, as the reference writes them. Appids are item + 1. */
export async function readPairs(file: string): Promise<Interactions> {
  const { size } = await stat(file)
  const rows = createRows(Math.ceil(size / SHORTEST_LINE))
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) rows.take(chunk)
  return rows.finish()
}

function createRows(most: number) {
  // What is never written takes no memory.
  const games = new Int32Array(most)
  const offsets: number[] = []
  // The heading is no pair.
  let pair = -1
  let user = 0
  let number = 0
  return {
    take(chunk: Uint8Array) {
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at] as number
        if (byte > COMMA) {
          number = number * 10 + byte - ZERO
          continue
        }
        if (byte === COMMA) user = number
        else {
          if (pair >= 0) games[pair] = number + 1
          while (pair >= 0 && offsets.length <= user) offsets.push(pair)
          pair += 1
        }
        number = 0
      }
    },
    finish(): Interactions {
      const players = Int32Array.from(offsets.keys())
      const minutes = new Int32Array(pair)
      const ends = Uint32Array.from([...offsets, pair])
      const owned = games.subarray(0, pair)
      return { offsets: ends, games: owned, minutes, players, duplicates: 0, synthetic: true }
    },
  }
}

/**
 * Writes what the reference's `--make` writes, by another random generator: libraries of lognormal size and at least 21
 * draws, games by 1 / (rank + 8).
 */
export async function writePairs(file: string, { players, games, pairs }: Size): Promise<void> {
  const random = createRandom(1)
  const sizes = Array.from({ length: players }, () =>
    Math.max(21, (pairs / players) * 0.62 * Math.exp(normal(random))),
  )
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const pick = weightedPick(games, random)
  function* lines() {
    yield 'user,item\n'
    for (const [player, size] of sizes.entries()) {
      const count = Math.floor(Math.max(21, ((size * pairs) / total) * 1.06))
      const drawn = [...new Set(Array.from({ length: Math.min(2 * count, games) }, pick))]
      const kept = shuffled(drawn, random).slice(0, count)
      yield kept
        .sort((a, b) => a - b)
        .map((item) => `${player},${item}\n`)
        .join('')
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file))
}

/** Box and Muller's way. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function weightedPick(games: number, random: () => number): () => number {
  const sums = new Float64Array(games)
  let sum = 0
  for (let rank = 0; rank < games; rank++) {
    sum += 1 / (rank + 9)
    sums[rank] = sum
  }
  return () => {
    const wanted = random() * sum
    let [low, high] = [0, games - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

function shuffled(items: number[], random: () => number): number[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const kept = items[at] as number
    items[at] = items[other] as number
    items[other] = kept
  }
  return items
}
