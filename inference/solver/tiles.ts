/**
 * The upper triangle of a symmetric matrix, cut into tiles that each lie together: half the memory of the whole, tiles that
 * fit a processor's cache and a GPU's binding, and nothing to cut out or to put together on the way. Tile (i, j), i ≤ j,
 * holds the rows of block i and the columns of block j, row-major; those on the diagonal are whole.
 */
export type Tiles = Shape & {
  /** Row by row: (0, 0), (0, 1), … (1, 1), … Threads share them. */
  readonly memory: readonly Float32Array[]
}

export type Shape = {
  /** Rows of the matrix. */
  readonly n: number
  /** Rows of a block; the last one may be shorter. */
  readonly size: number
}

/** ONNX Runtime's products are fastest at about this size, where three tiles stay in the cache; measured. */
const TILE = 768

/** Blocks of about equal length, each a multiple of what a vector holds. */
export function shapeOf(n: number, about = TILE): Shape {
  const blocks = Math.max(1, Math.round(n / about))
  return { n, size: Math.min(n, Math.ceil(n / blocks / 16) * 16) }
}

/** Tiles of zeros; in memory of their own, or at the start of a given one, which a whole matrix always suffices for. */
export function createTiles(shape: Shape, within = new Float32Array(sharedBytes(shape))): Tiles {
  let start = 0
  const memory = tilesOf(shape).map(([i, j]) => {
    const end = start + blockLength(shape, i) * blockLength(shape, j)
    const tile = within.subarray(start, end)
    start = end
    return tile
  })
  return { ...shape, memory }
}

function sharedBytes(shape: Shape): SharedArrayBuffer {
  const lengths = tilesOf(shape).map(([i, j]) => blockLength(shape, i) * blockLength(shape, j))
  const length = lengths.reduce((sum, each) => sum + each, 0)
  return new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT)
}

export function blocksOf({ n, size }: Shape): number {
  return Math.ceil(n / size)
}

export function blockLength({ n, size }: Shape, block: number): number {
  return Math.min(size, n - block * size)
}

/** All tiles in the order of their memory. */
export function tilesOf(shape: Shape): (readonly [i: number, j: number])[] {
  const blocks = Array.from({ length: blocksOf(shape) }, (_, at) => at)
  return blocks.flatMap((i) => blocks.slice(i).map((j) => [i, j] as const))
}

/** Where tile (i, j), i ≤ j, stands in the memory. */
export function placeOf(shape: Shape, i: number, j: number): number {
  return i * blocksOf(shape) - (i * (i - 1)) / 2 + j - i
}

export function tileAt(tiles: Tiles, i: number, j: number): Float32Array {
  return tiles.memory[placeOf(tiles, i, j)] as Float32Array
}

export function diagonalOf(tiles: Tiles): Float32Array {
  return Float32Array.from({ length: tiles.n }, (_, row) => {
    const { tile, at } = entryOf(tiles, row, row)
    return tile[at] as number
  })
}

export function addToDiagonal(tiles: Tiles, values: Float32Array): void {
  for (const [row, value] of values.entries()) {
    const { tile, at } = entryOf(tiles, row, row)
    tile[at] = (tile[at] as number) + value
  }
}

/** One column of the whole matrix, in float64. */
export function columnOf(tiles: Tiles, column: number): Float64Array {
  const end = (Math.floor(column / tiles.size) + 1) * tiles.size
  return Float64Array.from({ length: tiles.n }, (_, row) => {
    const { tile, at } = row < end ? entryOf(tiles, row, column) : entryOf(tiles, column, row)
    return tile[at] as number
  })
}

/** One entry of the whole matrix. */
export function entryAt(tiles: Tiles, row: number, column: number): number {
  const { tile, at } = entryOf(tiles, Math.min(row, column), Math.max(row, column))
  return tile[at] as number
}

/** Sets an entry and, within a tile on the diagonal, its mirror too. */
export function setEntry(tiles: Tiles, row: number, column: number, value: number): void {
  const [upper, lower] = [Math.min(row, column), Math.max(row, column)]
  const { tile, at } = entryOf(tiles, upper, lower)
  tile[at] = value
  if (Math.floor(upper / tiles.size) !== Math.floor(lower / tiles.size)) return
  const mirror = entryOf(tiles, lower, upper)
  mirror.tile[mirror.at] = value
}

/** The whole matrix times a column, in float64. */
export function productOf(tiles: Tiles, column: Float64Array): Float64Array {
  const product = new Float64Array(tiles.n)
  for (const [i, j] of tilesOf(tiles)) {
    const tile = tileAt(tiles, i, j)
    const [top, left, width] = [i * tiles.size, j * tiles.size, blockLength(tiles, j)]
    for (let at = 0, row = top; at < tile.length; at += width, row++) {
      let sum = 0
      const across = column[row] as number
      for (let c = 0; c < width; c++) {
        const value = tile[at + c] as number
        sum += value * (column[left + c] as number)
        // Below the diagonal stands the mirror of what is above it.
        if (i < j) (product[left + c] as number) += value * across
      }
      ;(product[row] as number) += sum
    }
  }
  return product
}

/** The same matrix into other tiles, whatever their size. */
export function copyTiles(from: Tiles, to: Tiles): void {
  if (from.size === to.size) for (const [at, tile] of from.memory.entries()) to.memory[at]?.set(tile)
  else
    for (let row = 0; row < to.n; row++) {
      for (let column = row; column < to.n; column++) setEntry(to, row, column, entryAt(from, row, column))
    }
}

/** Where the entry of a row and a column lies; the row's block is not after the column's. */
function entryOf(tiles: Tiles, row: number, column: number): { tile: Float32Array; at: number } {
  const [i, j] = [Math.floor(row / tiles.size), Math.floor(column / tiles.size)]
  const [within, across] = [row - i * tiles.size, column - j * tiles.size]
  return { tile: tileAt(tiles, i, j), at: within * blockLength(tiles, j) + across }
}
