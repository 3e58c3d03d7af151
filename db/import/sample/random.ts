/** Numbers in [0, 1) that look random and repeat for the same seed, on every machine (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Draws row numbers in proportion to their weights (not negative, some positive), by halving over the running sums. */
export function createDraw(weights: readonly number[], random: () => number): () => number {
  const sums = new Float64Array(weights.length)
  let sum = 0
  for (const [row, weight] of weights.entries()) {
    sum += weight
    sums[row] = sum
  }
  return () => firstAbove(sums, random() * sum)
}

function firstAbove(sums: Float64Array, value: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}
