/**
 * How many players own both a game and a target, for the strongest few hundred targets of each game, as compressed sparse
 * rows. What is not kept counts as the mean of the rest of its row.
 */
export type CommonOwners = {
  /** Players of the training. */
  readonly players: number
  /** Owners of each game, beside the rows. */
  readonly owners: ArrayLike<number>
  /** Owners of each target, beside the columns. */
  readonly targets: ArrayLike<number>
  /** Length games + 1. */
  readonly offsets: Uint32Array
  /** Ascending within a row. */
  readonly columns: Uint16Array
  /** Beside `columns`. */
  readonly counts: Uint32Array
  /** For each game, the mean count / expected count over the targets that are not kept. */
  readonly rest: Float32Array
  /** What `counts` come to, beside them. */
  readonly lifts: Float32Array
}

/** Players that a lift must have behind it to be believed half. */
export const DOUBT = 20

/**
 * How many times as many of a game's owners own a target as of all players, as a logarithm; few owners are doubted.
 * `common` own both, `owners` the game; `share` of all players own the target.
 */
function lift(common: number, owners: number, share: number): number {
  return Math.log((common + DOUBT * share) / ((owners + DOUBT) * share))
}

/** Logarithms are taken once, not at every question. */
export function withLifts(common: Omit<CommonOwners, 'lifts'>): CommonOwners {
  const { players, owners, targets, offsets, columns, counts } = common
  const lifts = new Float32Array(new SharedArrayBuffer(counts.length * Float32Array.BYTES_PER_ELEMENT))
  for (let row = 0; row + 1 < offsets.length; row++) {
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
      const share = (targets[columns[at] as number] as number) / players
      lifts[at] = lift(counts[at] as number, owners[row] as number, share)
    }
  }
  return { ...common, lifts }
}

/** Mean and greatest lift over some games, beside the columns that were asked for. */
export type Lifts = { readonly mean: Float64Array; readonly most: Float64Array }

/** `isOwn`: targets of a library that is among the counted ones and is to be left out of them. */
export function liftsOf(
  common: CommonOwners,
  rows: ArrayLike<number>,
  wanted: ArrayLike<number>,
  isOwn?: ArrayLike<number>,
): Lifts {
  const { players, owners, targets, offsets, columns, counts, rest, lifts } = common
  const placeOf = new Int32Array(targets.length).fill(-1)
  for (let place = 0; place < wanted.length; place++) placeOf[wanted[place] as number] = place
  const mean = new Float64Array(wanted.length)
  const most = new Float64Array(wanted.length).fill(Number.NEGATIVE_INFINITY)
  let [base, greatest] = [0, Number.NEGATIVE_INFINITY]
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number
    const owned = (owners[row] as number) - (isOwn ? 1 : 0)
    const fewer = isOwn ? Math.log((owned + 1 + DOUBT) / (owned + DOUBT)) : 0
    const unkept = unkeptLift(rest[row] as number, owned)
    base += unkept
    greatest = Math.max(greatest, unkept)
    const end = offsets[row + 1] as number
    for (let i = offsets[row] as number; i < end; i++) {
      const column = columns[i] as number
      const place = placeOf[column] as number
      if (place < 0) continue
      const found =
        isOwn?.[column] === 1
          ? lift((counts[i] as number) - 1, owned, (targets[column] as number) / players)
          : (lifts[i] as number) + fewer
      mean[place] = (mean[place] as number) + found - unkept
      if (found > (most[place] as number)) most[place] = found
    }
  }
  const count = Math.max(1, rows.length)
  for (let place = 0; place < mean.length; place++) {
    mean[place] = ((mean[place] as number) + base) / count
    if ((most[place] as number) < greatest) most[place] = greatest
  }
  return { mean, most }
}

function unkeptLift(rest: number, owners: number): number {
  return Math.log((Math.max(rest, 0.01) * owners + DOUBT) / (owners + DOUBT))
}

/** How many players own both a game and each target; 0 for what is not kept. */
export function bothOwn(
  { offsets, columns, counts }: CommonOwners,
  row: number,
): ReadonlyMap<number, number> {
  const own = new Map<number, number>()
  for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
    own.set(columns[at] as number, counts[at] as number)
  }
  return own
}
