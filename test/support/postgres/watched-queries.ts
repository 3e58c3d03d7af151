import type { CompiledQuery, KyselyPlugin } from 'kysely'
import { type Db, withClient } from '../../../db/postgres/connect.ts'

/** The same database, and the plans of what was asked of it since. */
export type Watched = {
  readonly db: Db
  /** `insist`: the planner is told to take an index wherever one could serve, as a small table hides which. */
  plans(options?: { readonly insist: boolean }): Promise<string>
}

export function watched(db: Db): Watched {
  const asked: CompiledQuery[] = []
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(db.getExecutor().compileQuery(node, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return {
    db: Object.assign(db.withPlugin(plugin), { pool: db.pool, connections: db.connections }),
    plans: ({ insist } = { insist: false }) => explain(db, asked.splice(0), insist),
  }
}

async function explain(db: Db, queries: readonly CompiledQuery[], insist: boolean): Promise<string> {
  return withClient(db, async (client) => {
    const lines: string[] = []
    await client.query('begin')
    if (insist) await client.query('set local enable_seqscan = off')
    for (const { sql, parameters } of queries) {
      const { rows } = await client.query<Record<string, string>>(`explain ${sql}`, [...parameters])
      lines.push(...rows.map((row) => row['QUERY PLAN'] ?? ''))
    }
    await client.query('rollback')
    return lines.join('\n')
  })
}
