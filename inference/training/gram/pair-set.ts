/** Which ordered pairs of row numbers have come: one bit each. */
export type PairSet = {
  has(row: number, column: number): boolean
  /** False where it was there already. */
  add(row: number, column: number): boolean
  /** A pair that is there without its mirror. */
  alone(): readonly [row: number, column: number] | undefined
}

export function createPairSet(n: number): PairSet {
  const stride = Math.ceil(n / 8)
  const bits = new Uint8Array(n * stride)
  const placeOf = (row: number, column: number) => row * stride + (column >> 3)
  const has = (row: number, column: number) =>
    ((bits[placeOf(row, column)] as number) & (1 << (column & 7))) !== 0
  return {
    has,
    add(row, column) {
      if (has(row, column)) return false
      ;(bits[placeOf(row, column)] as number) |= 1 << (column & 7)
      return true
    },
    alone() {
      for (let row = 0; row < n; row++) {
        for (let column = 0; column < n; column++) {
          if (has(row, column) && !has(column, row)) return [row, column]
        }
      }
      return undefined
    },
  }
}
