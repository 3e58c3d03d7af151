import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { PoolClient } from 'pg'
import type { Findings, Refresh, RefreshKind, RefreshState } from '../../core/training/refresh.ts'
import { type Db, withClient } from '../postgres/connect.ts'
import type { RefreshTable } from '../postgres/schema.ts'
import { storableJson, storableText } from '../postgres/storable-text.ts'

/** Any number will do; all processes have to know it. */
const LOCK = 20_261_130

/** Servers' limits on a transaction. The last one came with PostgreSQL 17. */
const LIMITS = ['statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout']

/** A pooler has a limit on idle transactions of its own. */
const BEAT_MS = 10_000

/** The right to change which model is served: one process has it at a time. */
export type Right = {
  /** Throws where it was lost with its connection: somebody else may have it by now. */
  check(): Promise<void>
}

/** How each model came to be served or not. */
export type Refreshes = {
  /** Undefined where another process has the right; it is free again when that process ends, however it does. */
  alone<T>(work: (right: Right) => Promise<T>): Promise<T | undefined>
  begin(kind: RefreshKind, served: number | undefined): Promise<string>
  enter(id: string, phase: string, findings: Findings): Promise<void>
  end(id: string, how: Ending): Promise<void>
  get(id: string): Promise<Refresh>
  /** Those that are written down as running. */
  running(): Promise<readonly Refresh[]>
  /** That have come to an end and of which operators do not know yet, oldest first. */
  untold(limit: number): Promise<readonly Refresh[]>
  markTold(id: string): Promise<void>
  /** That began since then, oldest first. */
  since(at: Date): Promise<readonly Refresh[]>
  last(): Promise<Refresh | undefined>
  /** The last that found this, whatever came of it. */
  lastWith(finding: keyof Findings): Promise<Refresh | undefined>
  /** By how they ended, and when the last of each did. */
  counts(): Promise<readonly { readonly state: RefreshState; readonly times: number; readonly last: Date }[]>
  /** The candidates that a rollback has withdrawn. */
  withdrawn(): Promise<readonly string[]>
}

export type Ending = {
  readonly state: Exclude<RefreshState, 'running'>
  readonly version?: number | undefined
  readonly reason?: string | undefined
  readonly findings?: Findings
}

export function createRefreshes(db: Db, now = () => new Date()): Refreshes {
  return {
    alone: (work) =>
      withClient(db, async (client) => {
        if (!(await tryLock(client))) return undefined
        const check = async () => void (await client.query('select 1'))
        const beat = setInterval(() => void check().catch(() => {}), BEAT_MS)
        try {
          return await work({ check })
        } finally {
          clearInterval(beat)
          await client.query('rollback').catch(() => {})
        }
      }),

    async begin(kind, served) {
      const id = randomBytes(9).toString('base64url')
      await db
        .insertInto('lake.refresh')
        .values({ id, kind, phase: 'begin', served: served ?? null, started_at: now() })
        .execute()
      return id
    },

    async enter(id, phase, findings) {
      await db
        .updateTable('lake.refresh')
        .set({ phase, findings: storableJson(findings) })
        .where('id', '=', id)
        .execute()
    },

    async end(id, { state, version, reason, findings }) {
      await db
        .updateTable('lake.refresh')
        .set({
          ...{ state, version: version ?? null, ended_at: now() },
          reason: reason === undefined ? null : storableText(reason),
          ...(findings && { findings: storableJson(findings) }),
        })
        .where('id', '=', id)
        .execute()
    },

    get: async (id) =>
      toRefresh(
        await db.selectFrom('lake.refresh').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
      ),

    running: async () => (await all(db).where('state', '=', 'running').execute()).map(toRefresh),

    untold: async (limit) =>
      (await all(db).where('told_at', 'is', null).where('state', '!=', 'running').limit(limit).execute()).map(
        toRefresh,
      ),

    async markTold(id) {
      await db.updateTable('lake.refresh').set({ told_at: now() }).where('id', '=', id).execute()
    },

    since: async (at) => (await all(db).where('started_at', '>=', at).execute()).map(toRefresh),

    async last() {
      const row = await db
        .selectFrom('lake.refresh')
        .selectAll()
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && toRefresh(row)
    },

    async lastWith(finding) {
      const row = await db
        .selectFrom('lake.refresh')
        .selectAll()
        .where((eb) => eb(eb.ref('findings', '->').key(finding), 'is not', null))
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && toRefresh(row)
    },

    async counts() {
      const rows = await db
        .selectFrom('lake.refresh')
        .select((eb) => ['state', eb.fn.countAll<number>().as('times'), eb.fn.max('ended_at').as('last')])
        .where('state', '!=', 'running')
        .groupBy('state')
        .execute()
      return rows.flatMap(({ state, times, last }) => (last ? [{ state, times, last }] : []))
    },

    async withdrawn() {
      const rows = await db
        .selectFrom('lake.refresh')
        .select('findings')
        .where('state', '=', 'rolled-back')
        .execute()
      return rows.flatMap(({ findings }) => findings.withdrawn?.identity ?? [])
    },
  }
}

function all(db: Db) {
  return db.selectFrom('lake.refresh').selectAll().orderBy('started_at').orderBy('id')
}

/**
 * Held by an open transaction, since a pooler such as pgbouncer may give each transaction another session. It reads and
 * writes nothing, so that it holds no cleaning up; no limit of the server's on idle transactions ends it.
 */
async function tryLock(client: PoolClient): Promise<boolean> {
  await client.query('begin')
  await client.query(`select set_config(name, '0', true) from pg_settings where name = any($1)`, [LIMITS])
  const { rows } = await client.query<{ ok: boolean }>('select pg_try_advisory_xact_lock($1) as ok', [LOCK])
  const ok = rows[0]?.ok === true
  if (!ok) await client.query('rollback')
  return ok
}

function toRefresh(row: Selectable<RefreshTable>): Refresh {
  const { id, kind, started_at, state, phase, served, version, reason, findings } = row
  return {
    ...{ id, kind, startedAt: started_at, state, phase, findings },
    ...{ served: served ?? undefined, version: version ?? undefined, reason: reason ?? undefined },
  }
}
