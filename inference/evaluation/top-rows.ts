/** The `count` candidates with the greatest scores, best first, equal ones in the candidates' order (which must ascend). */
export function topRows(scores: Float64Array, candidates: Int32Array, count: number): Int32Array {
  const score = (row: number) => scores[row] ?? 0
  const sorted = Float64Array.from(candidates, score).sort()
  // Sorting numbers alone is many times quicker than sorting rows by a function: only the few above the bar need the latter.
  const bar = sorted[Math.max(0, sorted.length - count)] ?? 0
  return candidates
    .filter((row) => score(row) >= bar)
    .sort((a, b) => score(b) - score(a) || a - b)
    .subarray(0, count)
}
