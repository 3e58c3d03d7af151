import { sql } from 'kysely'
import type { Db } from './connect.ts'

/** What keeps a database from serving this program, and what to do about it. */
export type Shortcoming = {
  readonly kind: 'rights' | 'alphabet'
  readonly detail: string
  readonly fix: string
}

type Found = {
  readonly role: string
  readonly database: string
  readonly schema: string | null
  readonly encoding: string
  readonly connected: { readonly create: boolean; readonly temporary: boolean }
  readonly schemaCreate: boolean
  readonly schemasMissing: boolean
  readonly trigrams: 'ready' | 'elsewhere' | 'available' | 'forbidden' | 'absent'
  readonly closed: readonly string[]
}

const PROBE = { text: 'IÄÞЖΣ', lower: 'iäþжσ' }

const UTF8 = `make one with UTF-8 and a locale that knows it: create database indiescout template template0 encoding 'UTF8' locale 'C.UTF-8'`

/** Changes nothing. Empty where all is well. */
export async function shortcomings(db: Db): Promise<Shortcoming[]> {
  const found = await look(db)
  return [...rights(found), ...(await alphabet(db, found))]
}

async function look(db: Db): Promise<Found> {
  const { rows } = await sql<Found>`
    select current_user as role, current_database() as database, current_schema() as schema,
      (select pg_encoding_to_char(encoding) from pg_database where datname = current_database()) as encoding,
      jsonb_build_object(
        'create', has_database_privilege(current_database(), 'CREATE'),
        'temporary', has_database_privilege(current_database(), 'TEMPORARY')
      ) as connected,
      coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) as "schemaCreate",
      (select count(*) < 3 from pg_namespace where nspname in ('lake', 'warehouse', 'pgboss')) as "schemasMissing",
      case
        when to_regproc('show_trgm') is not null then 'ready'
        when exists (select from pg_extension where extname = 'pg_trgm') then 'elsewhere'
        when exists (
          select from pg_available_extension_versions
          where name = 'pg_trgm' and (trusted or (select usesuper from pg_user where usename = current_user))
        ) then 'available'
        when exists (select from pg_available_extensions where name = 'pg_trgm') then 'forbidden'
        else 'absent'
      end as trigrams,
      array(
        select nspname || '.' || relname
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where (nspname in ('lake', 'warehouse', 'pgboss') or relname in ('kysely_migration', 'kysely_migration_lock'))
          and relkind in ('r', 'p') and not pg_has_role(relowner, 'USAGE')
        order by 1
      ) as closed
  `.execute(db)
  const [row] = rows
  if (!row) throw new Error('the database tells nothing of itself')
  return row
}

function rights(found: Found): Shortcoming[] {
  const { role, database, schema, connected, closed } = found
  const [who, where] = [quoted(role), quoted(database)]
  const lacks = (detail: string, fix: string): Shortcoming => ({ kind: 'rights', detail, fix })
  const needsCreate = found.schemasMissing || found.trigrams === 'available'
  return [
    ...(needsCreate && !connected.create
      ? [lacks(`the role ${role} may not create schemas`, `grant create on database ${where} to ${who}`)]
      : []),
    ...(connected.temporary
      ? []
      : [
          lacks(
            `the role ${role} may not make temporary tables`,
            `grant temporary on database ${where} to ${who}`,
          ),
        ]),
    ...(found.schemaCreate
      ? []
      : [
          lacks(
            `the role ${role} may not create tables in the schema ${schema ?? 'public'}`,
            `grant create on schema ${quoted(schema ?? 'public')} to ${who}`,
          ),
        ]),
    ...trigrams(found).map(([detail, fix]) => lacks(detail, fix)),
    ...(closed.length > 0
      ? [
          lacks(
            `${closed.length} tables belong to another role, such as ${closed[0]}`,
            `as their owner: reassign owned by <owner> to ${who}, or restore the backup as ${role}`,
          ),
        ]
      : []),
  ]
}

function trigrams({ trigrams: state, role }: Found): (readonly [detail: string, fix: string])[] {
  switch (state) {
    case 'ready':
    case 'available':
      return []
    case 'elsewhere':
      return [
        [
          'the extension pg_trgm lies in a schema that search_path does not name',
          `alter role ${quoted(role)} set search_path = public, <that schema>`,
        ],
      ]
    case 'forbidden':
      return [
        [`the role ${role} may not create the extension pg_trgm`, 'as a superuser: create extension pg_trgm'],
      ]
    case 'absent':
      return [
        [
          'the server does not bring the extension pg_trgm',
          "install PostgreSQL's contrib package on its machine",
        ],
      ]
  }
}

/** Asked of the server, since what a locale knows hangs on its provider and on the machine. */
async function alphabet(db: Db, { encoding }: Found): Promise<Shortcoming[]> {
  if (encoding !== 'UTF8') {
    return [{ kind: 'alphabet', detail: `its encoding ${encoding} does not hold every alphabet`, fix: UTF8 }]
  }
  const { rows } = await sql<{ ok: boolean }>`select lower(${PROBE.text}) = ${PROBE.lower} as ok`.execute(db)
  return rows[0]?.ok
    ? []
    : [
        {
          kind: 'alphabet',
          detail: 'its locale does not know small and capital letters of every alphabet',
          fix: UTF8,
        },
      ]
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}
