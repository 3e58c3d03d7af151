import { expect, it } from 'vitest'
import type { GramSource } from '../../../core/training/gram-source.ts'
import { withQuery } from '../../../db/gram/query.ts'
import { rowsOf } from '../../support/inference/gram-rows.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()

const ask = <T>(sql: string, work: (source: GramSource) => Promise<T>) => withQuery(db, sql, work)
const GRAM = 'values (10, 10, 3), (10, 20, 1), (20, 20, 2)'
const SQL = `select * from (${GRAM}) g (i, j, count)`

it('reads all rows, and the diagonal alone', async () => {
  await ask(`${SQL};`, async (source) => {
    expect(source).toMatchObject({ name: 'the query', weighted: false })
    expect(await rowsOf(source, 'diagonal')).toEqual([
      [10, 10, 3],
      [20, 20, 2],
    ])
    expect(await rowsOf(source)).toHaveLength(3)
  })
})

it('reads weights, numbers of any type and comments at the end, and has NaN for null', async () => {
  const sql = `select 10::bigint as i, 20::numeric as j, null::integer as count, 0.5::real as weight -- that is all`
  expect(await ask(sql, (source) => rowsOf(source))).toEqual([[10, 20, Number.NaN, 0.5]])
})

it('reads many rows over many chunks', async () => {
  const sql = 'select at as i, at as j, 2 * at as count from generate_series(1, 50000) at'
  const rows = await ask(sql, (source) => rowsOf(source))
  expect(rows).toEqual(Array.from({ length: 50_000 }, (_, at) => [at + 1, at + 1, 2 * (at + 1)]))
})

it('sees one moment, whatever is written meanwhile', async () => {
  await db.insertInto('warehouse.player').values({ source: 'test', key: 'a', synthetic: false }).execute()
  const sql = 'select 10 as i, 10 as j, count(*) as count from warehouse.player'
  const counts = await ask(sql, async (source) => {
    const before = await rowsOf(source)
    await db.insertInto('warehouse.player').values({ source: 'test', key: 'b', synthetic: false }).execute()
    return [before, await rowsOf(source)]
  })
  expect(counts).toEqual([[[10, 10, 1]], [[10, 10, 1]]])
})

it.each([
  ['select 1 as i, 2 as j', /^the query has no column count/],
  ['select from nowhere', /^the query for the Gram matrix failed: relation "nowhere" does not exist$/],
  [`select 'ten' as i, 10 as j, 1 as count`, /^the query for the Gram matrix failed: invalid input syntax/],
  ['select 1 as i, 1 as j, 1 as count; select 2', /^the query for the Gram matrix failed: syntax error/],
  [
    `with gone as (delete from warehouse.player returning 1) select 1 as i, 1 as j, 1 as count from gone`,
    /^the query for the Gram matrix failed: /,
  ],
  [`select nextval('warehouse.player_id_seq') as i, 1 as j, 1 as count`, /read-only transaction/],
])('refuses %s in one sentence', async (sql, sentence) => {
  await expect(ask(sql, (source) => rowsOf(source))).rejects.toThrow(sentence)
})

it('passes on what the reader throws, and leaves the pool of use', async () => {
  const stop = async (source: GramSource) => {
    for await (const _ of source.read('all')) throw new Error('enough')
  }
  await expect(
    ask('select at as i, at as j, 1 as count from generate_series(1, 1e6) at', stop),
  ).rejects.toThrow('enough')
  expect(await ask(SQL, (source) => rowsOf(source))).toHaveLength(3)
})
