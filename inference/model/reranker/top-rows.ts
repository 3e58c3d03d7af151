/** The `count` candidates with the greatest scores, best first, equal ones in the candidates' order (which must ascend). */
export function topRows(scores: Float64Array, candidates: Int32Array, count: number): Int32Array {
  const score = (row: number) => scores[row] ?? 0
  const own = new Float64Array(candidates.length)
  for (let at = 0; at < own.length; at++) own[at] = score(candidates[at] as number)
  // Only the few above the bar need to be sorted.
  const bar = valueAtPlace(own, Math.max(0, own.length - count)) ?? 0
  return candidates
    .filter((row) => score(row) >= bar)
    .sort((a, b) => score(b) - score(a) || a - b)
    .subarray(0, count)
}

/** What would stand at this place if the values were sorted (Hoare 1961); their order changes. */
export function valueAtPlace(values: Float32Array | Float64Array, place: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const pivot = values[(low + high) >> 1] as number
    let [left, right] = [low, high]
    while (left <= right) {
      while ((values[left] as number) < pivot) left++
      while ((values[right] as number) > pivot) right--
      if (left > right) break
      const moved = values[left] as number
      values[left++] = values[right] as number
      values[right--] = moved
    }
    if (place <= right) high = right
    else if (place >= left) low = left
    else break
  }
  return values[place] as number
}
