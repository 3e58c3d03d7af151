import type { AverageTaste, LabelKind, Shares } from '../../core/catalogue/average-taste.ts'
import type { Db } from '../postgres/connect.ts'

/** What the average of all imported players plays and owns, by label. */
export async function readAverageTaste(db: Db): Promise<AverageTaste> {
  const rows = await db
    .selectFrom('warehouse.average_taste')
    .select(['kind', 'name', 'played', 'owned'])
    .orderBy('kind')
    .orderBy('name')
    .execute()
  const of = (kind: LabelKind) =>
    new Map(
      rows
        .filter((row) => row.kind === kind)
        .map(({ name, played, owned }): [string, Shares] => [name, { played, owned }]),
    )
  return { tag: of('tag'), genre: of('genre') }
}
