import { type CommonOwners, withLifts } from '../../model/reranker/common-owners.ts'
import { ownersOf, type Plays } from '../plays.ts'
import type { Threads } from '../threads/threads.ts'
import type { Found, Lists } from './count-common.ts'

/** Counts the common owners of every game and the targets in these rows of the vocabulary, and keeps the strongest. */
export async function countCommonOwners(
  plays: Plays,
  targetRows: Int32Array,
  kept: number,
  threads: Threads,
): Promise<CommonOwners> {
  const games = plays.vocabulary.length
  const owners = shared(Int32Array, ownersOf(plays))
  const targets = shared(
    Int32Array,
    targetRows.map((row) => owners[row] ?? 0),
  )
  const columnOf = shared(Int32Array, new Int32Array(games).fill(-1))
  for (const [column, row] of targetRows.entries()) columnOf[row] = column
  const found: Found = {
    kept,
    lengths: empty(Int32Array, games),
    columns: empty(Uint16Array, games * kept),
    counts: empty(Uint32Array, games * kept),
    rest: empty(Float32Array, games),
  }
  const players = plays.offsets.length - 1
  const task = { owned: playersOf(plays), libraries: librariesOf(plays, columnOf), players }
  const part = Math.ceil(games / (threads.count * 8))
  await threads.run(
    Array.from({ length: Math.ceil(games / part) }, (_, at) => ({
      ...{ kind: 'common' as const, ...task, owners, targets, columnOf, found },
      ...{ from: at * part, to: Math.min(games, (at + 1) * part) },
    })),
  )
  return withLifts({ players, owners, targets, ...packed(found) })
}

/** Without the places that were not taken. */
function packed({ kept, lengths, columns, counts, rest }: Found) {
  const offsets = new Uint32Array(lengths.length + 1)
  for (const [game, length] of lengths.entries()) offsets[game + 1] = (offsets[game] as number) + length
  const total = offsets.at(-1) ?? 0
  const [keptColumns, keptCounts] = [empty(Uint16Array, total), empty(Uint32Array, total)]
  for (const [game, length] of lengths.entries()) {
    const [from, to] = [game * kept, offsets[game] as number]
    keptColumns.set(columns.subarray(from, from + length), to)
    keptCounts.set(counts.subarray(from, from + length), to)
  }
  return { offsets, columns: keptColumns, counts: keptCounts, rest }
}

function playersOf({ vocabulary, offsets: from, rows }: Plays): Lists {
  const offsets = empty(Uint32Array, vocabulary.length + 1)
  for (const row of rows) offsets[row + 1] = (offsets[row + 1] as number) + 1
  for (let row = 0; row < vocabulary.length; row++) {
    offsets[row + 1] = (offsets[row + 1] as number) + (offsets[row] as number)
  }
  const next = offsets.slice()
  const items = empty(Uint32Array, rows.length)
  for (let player = 0; player + 1 < from.length; player++) {
    for (let at = from[player] as number; at < (from[player + 1] as number); at++) {
      const row = rows[at] as number
      items[next[row] as number] = player
      next[row] = (next[row] as number) + 1
    }
  }
  return { offsets, items }
}

function librariesOf({ offsets: from, rows }: Plays, columnOf: Int32Array): Lists {
  const offsets = empty(Uint32Array, from.length)
  const items = empty(Uint32Array, rows.length)
  let size = 0
  for (let player = 0; player + 1 < from.length; player++) {
    for (let at = from[player] as number; at < (from[player + 1] as number); at++) {
      const column = columnOf[rows[at] as number] as number
      if (column >= 0) items[size++] = column
    }
    offsets[player + 1] = size
  }
  return { offsets, items }
}

type Numbers = Int32Array | Uint32Array | Uint16Array | Float32Array
type Kind<T> = { new (memory: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number }

function empty<T extends Numbers>(kind: Kind<T>, length: number): T {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT))
}

function shared<T extends Numbers>(kind: Kind<T>, values: T): T {
  const copy = empty(kind, values.length)
  copy.set(values)
  return copy
}
