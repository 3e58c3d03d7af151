import type { GramRows, GramSource } from '../../../core/training/gram-source.ts'

export type Row = readonly [i: number, j: number, count: number, weight?: number]

/** A Gram matrix by its rows, handed over a few at a time. */
export function sourceOf(
  rows: readonly Row[],
  { name = 'gram.csv', weighted = false, batch = 3 } = {},
): GramSource {
  return {
    name,
    weighted,
    async *read() {
      for (let from = 0; from < rows.length; from += batch)
        yield batchOf(rows.slice(from, from + batch), weighted)
    },
  }
}

function batchOf(rows: readonly Row[], weighted: boolean): GramRows {
  const column = (at: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row[at] ?? Number.NaN)
  return {
    ...{ length: rows.length, i: column(0), j: column(1), count: column(2) },
    weight: weighted ? column(3) : undefined,
  }
}

/** All rows of a source; NaN where there was no number. */
export async function rowsOf(source: GramSource, which: 'diagonal' | 'all' = 'all'): Promise<number[][]> {
  const found: number[][] = []
  for await (const { length, i, j, count, weight } of source.read(which)) {
    for (let at = 0; at < length; at++) {
      const columns = weight ? [i, j, count, weight] : [i, j, count]
      found.push(columns.map((column) => column[at] as number))
    }
  }
  return found
}
