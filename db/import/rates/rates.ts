import type { PoolClient } from 'pg'
import type { Db } from '../../postgres/connect.ts'
import { ImportError } from '../import-error.ts'
import type { Format } from '../read/format.ts'
import { type OpenFile, openFile } from '../read/read-file.ts'
import { stageThenMerge } from '../staging.ts'
import { type ImportOptions, readingOf, type Summary } from '../summary.ts'
import { RATE_FORMATS } from './rate-formats.ts'
import type { RatesOfDay } from './rates-of-day.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export type RateImportOptions = ImportOptions & { readonly now?: Date }

type RateFile = OpenFile<RatesOfDay, Format<RatesOfDay>>
type Staged = { readonly file: RateFile; readonly newest: RatesOfDay }

/**
 * Puts the newest day of each file or address in the place of what is stored, unless that is newer. All or none; throws an
 * ImportError with one sentence. Money is told by these figures, so a file with one broken line is not believed at all.
 */
export function importRates(
  db: Db,
  sources: readonly string[],
  { onRead, now = new Date() }: RateImportOptions = {},
): Promise<Summary[]> {
  return stageThenMerge<Staged, Summary>(db, sources, {
    stage: async (_client, _table, source) => {
      const file = await openFile<RatesOfDay, Format<RatesOfDay>>(source, RATE_FORMATS, onRead)
      return { file, newest: await newestOf(file, now) }
    },
    merge: async (client, { file, newest }) => ({
      ...readingOf(file),
      ...{ rows: newest.perEuro.size, added: 0, changed: 0, duplicates: 0 },
      ...(await merge(client, newest)),
    }),
  })
}

async function newestOf(file: RateFile, now: Date): Promise<RatesOfDay> {
  let newest: RatesOfDay | undefined
  for await (const { value } of file.values) if (!newest || value.day > newest.day) newest = value
  const [broken] = file.tally.badLines
  if (broken) throw new ImportError(`${file.name} is broken at line ${broken.line}: ${broken.reason}.`)
  // Whoever is ahead of us in time may be by a day; a later one would keep out all that follow.
  const tomorrow = new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10)
  if (!newest || newest.day > tomorrow)
    throw new ImportError(`${file.name} states rates of ${newest?.day}, which is yet to come.`)
  return newest
}

type Merged = Pick<Summary, 'notes'> & Partial<Pick<Summary, 'added' | 'changed'>>

async function merge(client: PoolClient, { day, perEuro }: RatesOfDay): Promise<Merged> {
  const { rows } = await client.query<{ day: string | null }>(
    'select max(day) as day from warehouse.exchange_rate',
  )
  const stored = rows[0]?.day
  if (stored && stored > day)
    return { notes: [`rates of ${day}: older than the stored ones of ${stored}, which stay`] }
  const { gone, ...counts } = await replace(client, { day, perEuro })
  const absent = gone.length > 0 ? [`no longer quoted, and taken away: ${gone.join(', ')}`] : []
  return { ...counts, notes: [`rates of ${day}`, ...absent] }
}

type Replaced = { readonly added: number; readonly changed: number; readonly gone: readonly string[] }

/** A currency that is quoted no longer would keep the rate of some day long past. */
async function replace(client: PoolClient, { day, perEuro }: RatesOfDay): Promise<Replaced> {
  const { rows } = await client.query<Replaced>(
    `with given as (
       select * from unnest($1::char(3)[], $2::double precision[]) as given (currency, per_euro)
     ), compared as (
       select given.*, known.currency is null as is_new,
         (given.per_euro, $3::date) is distinct from (known.per_euro, known.day) as differs
       from given left join warehouse.exchange_rate as known using (currency)
     ), written as (
       insert into warehouse.exchange_rate (currency, per_euro, day)
       select currency, per_euro, $3::date from compared where differs
       on conflict (currency) do update set per_euro = excluded.per_euro, day = excluded.day
     ), gone as (
       delete from warehouse.exchange_rate where currency <> all($1::char(3)[]) returning currency
     )
     select count(*) filter (where is_new)::integer as added,
       count(*) filter (where differs and not is_new)::integer as changed,
       array(select currency from gone order by currency) as gone
     from compared`,
    [[...perEuro.keys()], [...perEuro.values()], day],
  )
  return rows[0] ?? { added: 0, changed: 0, gone: [] }
}
