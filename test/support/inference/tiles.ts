import {
  blockLength,
  columnOf,
  createTiles,
  type Shape,
  type Tiles,
  tilesOf,
} from '../../../inference/solver/tiles.ts'

/** Tiles filled from a matrix that is given by its entries. */
export function cutTiles(shape: Shape, entry: (row: number, column: number) => number): Tiles {
  const tiles = createTiles(shape)
  for (const [at, [i, j]] of tilesOf(shape).entries()) {
    const width = blockLength(shape, j)
    const [top, left] = [i * shape.size, j * shape.size]
    const tile = tiles.memory[at]
    tile?.set(tile.map((_, place) => entry(top + Math.floor(place / width), left + (place % width))))
  }
  return tiles
}

/** The whole matrix, column by column and hence, being symmetric, row by row. */
export function wholeOf(tiles: Tiles): number[] {
  return Array.from({ length: tiles.n }, (_, column) => [...columnOf(tiles, column)]).flat()
}
