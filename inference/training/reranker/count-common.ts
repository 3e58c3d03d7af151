import { DOUBT } from '../../model/reranker/common-owners.ts'
import { valueAtPlace } from '../../model/reranker/top-rows.ts'

/** Some games' rows of the counts. Whatever it reads and writes lies in memory that all threads share. */
export type CountCommon = {
  /** Which players own each game, as compressed sparse rows. */
  readonly owned: Lists
  /** Which columns each player owns. */
  readonly libraries: Lists
  readonly players: number
  /** Owners of each game and of each target. */
  readonly owners: Int32Array
  readonly targets: Int32Array
  /** The column of each game, −1 where it is no target. */
  readonly columnOf: Int32Array
  readonly found: Found
  readonly from: number
  readonly to: number
}

export type Lists = { readonly offsets: Uint32Array; readonly items: Uint32Array }

/** `kept` places a game, of which `lengths` are taken. */
export type Found = {
  readonly kept: number
  readonly lengths: Int32Array
  readonly columns: Uint16Array
  readonly counts: Uint32Array
  readonly rest: Float32Array
}

export function countCommon(task: CountCommon): void {
  const row = new Uint32Array(task.targets.length)
  const strengths = new Float32Array(row.length)
  for (let game = task.from; game < task.to; game++) {
    countRow(task, game, row)
    keepStrongest(task, game, row, strengths)
  }
}

function countRow({ owned, libraries, columnOf }: CountCommon, game: number, row: Uint32Array): void {
  row.fill(0)
  for (let at = owned.offsets[game] as number; at < (owned.offsets[game + 1] as number); at++) {
    const player = owned.items[at] as number
    const end = libraries.offsets[player + 1] as number
    for (let i = libraries.offsets[player] as number; i < end; i++) {
      const column = libraries.items[i] as number
      row[column] = (row[column] as number) + 1
    }
  }
  const self = columnOf[game] as number
  if (self >= 0) row[self] = 0
}

/**
 * The strongest by lift + ln(owners of the target), since what is rare is strong by accident; that is the order of
 * common owners + doubt · share.
 */
function keepStrongest(task: CountCommon, game: number, row: Uint32Array, strengths: Float32Array): void {
  const { players, owners, targets, found } = task
  const { kept, lengths, columns, counts, rest } = found
  const owned = owners[game] as number
  let [some, common, expected] = [0, 0, 0]
  for (let column = 0; column < row.length; column++) {
    expected += targets[column] as number
    if ((row[column] as number) === 0) continue
    common += row[column] as number
    strengths[some++] = (row[column] as number) + (DOUBT * (targets[column] as number)) / players
  }
  const bar = some <= kept ? Number.NEGATIVE_INFINITY : valueAtPlace(strengths.slice(0, some), some - kept)
  let length = 0
  for (let column = 0, at = 0; column < row.length && length < kept; column++) {
    if ((row[column] as number) === 0 || (strengths[at++] as number) < bar) continue
    columns[game * kept + length] = column
    counts[game * kept + length++] = row[column] as number
    common -= row[column] as number
    expected -= targets[column] as number
  }
  lengths[game] = length
  const due = (expected * owned) / players
  rest[game] = due > 1e-9 ? common / due : 1
}
