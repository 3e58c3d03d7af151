/** Quality of one ranked list against the set of games that were held back. Every figure is 0 to 1. */
export type Quality = {
  readonly precision10: number
  /** The most that Precision@10 could be with so few targets. */
  readonly ceiling10: number
  readonly recall20: number
  readonly recall50: number
  readonly ndcg100: number
}

/** `ranked`: best first, at least 100 where there are as many; `targets` must not be empty. */
export function quality(ranked: readonly number[] | Int32Array, targets: ReadonlySet<number>): Quality {
  const hits = Array.from(ranked, (game) => targets.has(game))
  return {
    precision10: found(hits, 10) / 10,
    ceiling10: Math.min(10, targets.size) / 10,
    recall20: found(hits, 20) / Math.min(20, targets.size),
    recall50: found(hits, 50) / Math.min(50, targets.size),
    ndcg100: discounted(hits.slice(0, 100)) / discounted(Array(Math.min(100, targets.size)).fill(true)),
  }
}

function found(hits: readonly boolean[], k: number): number {
  return hits.slice(0, k).filter(Boolean).length
}

/** Σ 1 / log₂(rank + 1) over the hits; ranks count from 1. */
function discounted(hits: readonly boolean[]): number {
  return hits.reduce((sum, hit, at) => sum + (hit ? 1 / Math.log2(at + 2) : 0), 0)
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Of the mean; 0 for a single value. */
export function standardError(values: readonly number[]): number {
  const middle = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1) / values.length)
}

/** The mean of the two middle values where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}
