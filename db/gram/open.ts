import type { GramSource } from '../../core/training/gram-source.ts'
import type { Db } from '../postgres/connect.ts'
import { openCsv } from './csv.ts'
import { openParquet } from './parquet.ts'
import { withQuery } from './query.ts'

/** What `--gram` may name. */
export type GivenGram =
  | { readonly kind: 'parquet' | 'csv'; readonly path: string }
  | { readonly kind: 'query'; readonly sql: string }

/** Tells a file from a query by how it ends and begins. Throws one sentence where it is neither. */
export function parseGiven(text: string): GivenGram {
  const given = text.trim()
  if (/^(select|with|table|values)\s/i.test(given)) return { kind: 'query', sql: given }
  if (/^[a-z]+:\/\//i.test(given))
    throw new Error('--gram reads its file twice, so no address will do: download it first')
  if (/\.csv(\.gz)?$/i.test(given)) return { kind: 'csv', path: given }
  if (/\.parquet\/?$/i.test(given)) return { kind: 'parquet', path: given }
  throw new Error(
    '--gram takes a file or folder that ends in .parquet, a file that ends in .csv or .csv.gz, or a query that begins with select or with',
  )
}

/** Works on a Gram matrix that was counted elsewhere. `db` answers a query. */
export async function withGram<T>(
  given: GivenGram,
  db: Db,
  work: (source: GramSource) => Promise<T>,
): Promise<T> {
  switch (given.kind) {
    case 'query':
      return withQuery(db, given.sql, work)
    case 'csv':
      return work(await openCsv(given.path))
    case 'parquet':
      return work(await openParquet(given.path))
  }
}
