/** Columns of the games that may be picked, ascending; all where none are named. Throws where none is in the vocabulary. */
export function targetColumns(vocabulary: Int32Array, targets: ReadonlySet<number> | undefined): Int32Array {
  const all = Int32Array.from(vocabulary.keys())
  if (targets === undefined) return all
  const columns = all.filter((column) => targets.has(vocabulary[column] ?? 0))
  if (columns.length > 0) return columns
  throw new Error(
    `none of the ${vocabulary.length} games that enough players own is an indie game of the catalogue: npm run import -- games loads one that knows them`,
  )
}

/** Moves the wanted columns of a square row-major matrix together, within its own memory, and returns that part of it. */
export function keepColumns(square: Float32Array, columns: Int32Array): Float32Array {
  const n = Math.sqrt(square.length)
  if (columns.length === n) return square
  // What is written never overtakes what is yet to be read: columns ascend, and rows only become shorter.
  let into = 0
  for (let row = 0; row < square.length; row += n) {
    for (const column of columns) square[into++] = square[row + column] as number
  }
  return square.subarray(0, into)
}
