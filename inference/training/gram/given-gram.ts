import type { GramRows, GramSource } from '../../../core/training/gram-source.ts'
import type { Tiles } from '../../solver/tiles.ts'
import { vocabularyWithin } from '../checks.ts'
import { memoryNeededForGiven } from '../memory.ts'
import type { Phases } from '../phases.ts'
import type { Support } from '../plays.ts'
import { createGramFiller } from './gram-filler.ts'
import { appidFault, countFault } from './gram-row.ts'

/** A Gram matrix that was counted elsewhere, checked. */
export type GivenGram = {
  readonly name: string
  /** Whether the sums are of player weights. */
  readonly weighted: boolean
  /** Appids, ascending: row numbers. */
  readonly vocabulary: Int32Array
  /** How many players own each game. */
  readonly owners: Int32Array
  /** Pairs of player and game within the vocabulary. */
  readonly pairs: number
  readonly tiles: Tiles
}

export type Reading = {
  readonly minPlayers: number
  /** Bytes that may be used; what the machine has free unless it is said. */
  readonly memory?: number
  readonly phases: Phases
  /** Rows read so far. */
  readonly onProgress?: (rows: number) => void
}

/** There are some 250,000 things on Steam; a longer diagonal is none of games. */
const MAX_GAMES = 2_000_000

/**
 * Reads the diagonal, which tells the vocabulary, and then all rows into the solver's tiles. Each pair of games may come
 * once, in any order, or both ways. Throws one sentence for the first thing that cannot be right.
 */
export async function readGram(
  source: GramSource,
  { minPlayers, memory = process.availableMemory(), phases, onProgress }: Reading,
): Promise<GivenGram> {
  const ownersOf = await phases.time('read the diagonal', () => readOwners(source))
  const support = supportOf(ownersOf)
  const vocabulary = vocabularyWithin(support, { minPlayers, memory, needed: memoryNeededForGiven })
  const owners = vocabulary.map((game) => ownersOf.get(game) ?? 0)
  const filler = createGramFiller(source, { vocabulary, owners, ownersOf })
  const tiles = await phases.time('read the Gram matrix', async () => {
    for await (const rows of source.read('all')) {
      filler.take(rows)
      onProgress?.(filler.rows())
    }
    return filler.finish()
  })
  const pairs = owners.reduce((sum, count) => sum + count, 0)
  return { name: source.name, weighted: source.weighted, vocabulary, owners, pairs, tiles }
}

/** How many players own each game. */
async function readOwners(source: GramSource): Promise<ReadonlyMap<number, number>> {
  const owners = new Map<number, number>()
  for await (const rows of source.read('diagonal')) takeDiagonal(source.name, rows, owners)
  if (owners.size === 0) {
    throw new Error(`${source.name} has no row with i = j, which says how many players own a game`)
  }
  return owners
}

function takeDiagonal(name: string, rows: GramRows, owners: Map<number, number>): void {
  for (let at = 0; at < rows.length; at++) {
    const game = rows.i[at] as number
    if (game !== rows.j[at]) continue
    const count = rows.count[at] as number
    const fault = appidFault('i', game) ?? countFault(game, game, count)
    if (fault) throw new Error(`${name}: ${fault}`)
    if (owners.has(game)) throw new Error(`${name}: the pair ${game}, ${game} comes twice`)
    owners.set(game, count)
    if (owners.size > MAX_GAMES) throw new Error(`${name} names more than ${MAX_GAMES} games`)
  }
}

function supportOf(ownersOf: ReadonlyMap<number, number>): Support {
  const games = Int32Array.from(ownersOf.keys()).sort()
  return { games, owners: games.map((game) => ownersOf.get(game) ?? 0) }
}
