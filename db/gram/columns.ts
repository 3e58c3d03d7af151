import type { GramRows } from '../../core/training/gram-source.ts'

export const REQUIRED = ['i', 'j', 'count'] as const
export const WEIGHT = 'weight'

/** Throws one sentence where a column is missing. Others beside them are no matter. */
export function checkColumns(name: string, present: readonly string[]): { readonly weighted: boolean } {
  const missing = REQUIRED.filter((column) => !present.includes(column))
  if (missing.length > 0) {
    throw new Error(
      `${name} has no column ${missing.join(', ')}: a Gram matrix has i, j and count, and weight where players are weighed`,
    )
  }
  return { weighted: present.includes(WEIGHT) }
}

/** Room for some rows. */
export function createRows(capacity: number, weighted: boolean) {
  const room = () => new Float64Array(capacity)
  return { i: room(), j: room(), count: room(), weight: weighted ? room() : undefined }
}

export function firstRows({ i, j, count, weight }: ReturnType<typeof createRows>, length: number): GramRows {
  return { length, i, j, count, weight }
}
