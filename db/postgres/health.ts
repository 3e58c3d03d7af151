import { sql } from 'kysely'
import type { Db } from './connect.ts'
import { withinDeadline } from './deadline.ts'

/** Says whether the database answers and takes writes; where it does not, its connections are not used again. */
export async function databaseHealth(db: Db): Promise<{ readonly ok: boolean; readonly detail: string }> {
  try {
    await withinDeadline(() => checkWritable(db))
    return { ok: true, detail: 'answers' }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

async function checkWritable(db: Db): Promise<void> {
  const { rows } = await sql<{ readOnly: string }>`
    select current_setting('transaction_read_only') as "readOnly"
  `.execute(db)
  if (rows[0]?.readOnly === 'on') throw db.connections.readOnly()
}
