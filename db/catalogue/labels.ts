import { sql } from 'kysely'
import type { Label } from '../../core/catalogue/catalogue.ts'
import { type Db, WITHOUT_TIME_LIMIT } from '../postgres/connect.ts'
import { storableText } from '../postgres/storable-text.ts'

/** Labels are shorter; what is typed beyond that finds nothing anyway. */
const MAX_TYPED = 100

/** Least share of letter triples in common for a label to count as what was meant: "platfomer" and "Platformer" have .6. */
const SIMILAR = 0.3

/** The label of that spelling, whatever its case, spaces and hyphens. */
export async function findLabel(db: Db, text: string): Promise<Label | undefined> {
  return db
    .selectFrom('warehouse.label')
    .select(['name', 'games'])
    .where('key', '=', sql<string>`warehouse.label_key(${asTyped(text)})`)
    .executeTakeFirst()
}

/** Those that begin with what was typed, then those that contain it, then similar ones; frequent ones first. */
export async function suggestLabels(db: Db, typed: string, limit: number): Promise<readonly Label[]> {
  const { rows } = await sql<Label>`
    select name, games
    from (
      select *,
        case
          when key = typed then 0
          when starts_with(key, typed) then 1
          when position(typed in key) > 0 then 2
          when similarity(key, typed) > ${SIMILAR} then 3
        end as rank,
        kinds = '{category}' as only_category
      from warehouse.label, warehouse.label_key(${asTyped(typed)}) as typed
    ) as ranked
    where rank is not null
    order by
      rank,
      case when rank = 3 then similarity(key, typed) end desc,
      only_category,
      games desc,
      name
    limit ${limit}
  `.execute(db)
  return rows
}

function asTyped(text: string): string {
  return storableText([...text].slice(0, MAX_TYPED).join(''))
}

/**
 * Counts anew which labels the recommendable games carry, after an import. Spellings of one key become one label under
 * the commonest of them. Readers see the old labels until the new ones are whole.
 */
export async function refreshLabels(db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql.raw(WITHOUT_TIME_LIMIT).execute(trx)
    await sql`lock table warehouse.label in exclusive mode`.execute(trx)
    await sql`delete from warehouse.label`.execute(trx)
    await sql`
      with recommendable as (
        select * from warehouse.game where indie and type = 'game'
      ),
      carried as (
        select unnest(genres) as name, 'genre' as kind from recommendable
        union all
        select unnest(categories), 'category' from recommendable
        union all
        select jsonb_object_keys(tags), 'tag' from recommendable
      ),
      spelled as (
        select warehouse.label_key(name) as key, name, kind, count(*) as uses
        from carried group by name, kind
      ),
      counted as (
        select key, count(*) as games from recommendable, unnest(label_keys) as key group by key
      )
      insert into warehouse.label (key, name, kinds, games)
      select
        key,
        (array_agg(name order by uses desc, name))[1],
        array_agg(distinct kind order by kind),
        min(games)
      from counted join spelled using (key)
      group by key
    `.execute(trx)
  })
  await sql`analyze warehouse.label`.execute(db)
}
