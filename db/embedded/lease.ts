import { Client } from 'pg'

/**
 * The right to use a server that several processes share: a session that holds an advisory lock with the others. It ends
 * with its process, however that ends, so that no dead process keeps a server alive.
 */
export type Lease = {
  /** True where nobody else held one; no lease is given from then on, so that the server may be stopped. */
  giveUpAsLast(): Promise<boolean>
  end(): Promise<void>
}

/** Any number will do; all processes have to know it. */
const LOCK = 20_261_124

const CONNECT_TIMEOUT_MS = 5_000

/** Rejects where the server does not answer; undefined where it is about to stop. */
export async function takeLease(url: string): Promise<Lease | undefined> {
  const client = new Client({
    connectionString: url,
    application_name: 'indiescout lease',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  // A server that goes is noticed by the pool's queries; here it must only not end the process.
  client.on('error', () => {})
  const end = () => client.end().catch(() => {})
  try {
    await client.connect()
    if (await holds(client, 'pg_try_advisory_lock_shared')) return { giveUpAsLast: () => giveUp(client), end }
  } catch (error) {
    await end()
    throw error
  }
  await end()
  return undefined
}

/** Shared first goes, then the whole lock is tried: of two that leave together the later one gets it. */
async function giveUp(client: Client): Promise<boolean> {
  await holds(client, 'pg_advisory_unlock_shared')
  return holds(client, 'pg_try_advisory_lock')
}

async function holds(client: Client, lockFunction: string): Promise<boolean> {
  const { rows } = await client.query<{ ok: boolean }>(`select ${lockFunction}($1) as ok`, [LOCK])
  return rows[0]?.ok === true
}
