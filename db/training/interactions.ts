import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Interactions } from '../../core/training/interactions.ts'
import { type Db, WITHOUT_TIME_LIMIT, withClient } from '../postgres/connect.ts'
import { createRowReader } from '../postgres/copy-rows.ts'

/** The source of players whose libraries came by their own consent, rather than from a file. */
export const AGREED = 'agreed'

/** Of the training players: those that are trained on, those that are held out to judge by, or everybody. */
type Part = 'learning' | 'held-out' | 'everybody'

type Options = {
  readonly part?: Part
  /** Rows read so far, of how many. */
  readonly onProgress?: (done: number, total: number) => void
}

/** Steam opened in 2003; nobody has played longer than that. */
export const MAX_MINUTES = 30 * 366 * 24 * 60

/** With fewer, next to nothing could be learnt from real players alone. */
const ENOUGH_REAL = 300

/**
 * Synthetic players are for a start without data: so many real ones retire them, whether imported or by their own consent.
 * Until then they stay beside the real ones.
 */
export const TRAINING_PLAYERS = `
  select id from warehouse.player
  where not synthetic or (select count(*) from warehouse.player where not synthetic) < ${ENOUGH_REAL}
`

const PARTS: Readonly<Record<Part, string>> = {
  learning: `${TRAINING_PLAYERS} intersect select id from warehouse.player where not held_out`,
  'held-out': `${TRAINING_PLAYERS} intersect select id from warehouse.player where held_out`,
  everybody: TRAINING_PLAYERS,
}

/** Reads who owns what, in order and from one moment, at 12 bytes a row. */
export async function readInteractions(
  db: Db,
  { part = 'everybody', onProgress }: Options = {},
): Promise<Interactions> {
  return withClient(db, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    await client.query(WITHOUT_TIME_LIMIT)
    const read = await readAll(client, PARTS[part], onProgress)
    await client.query('commit')
    return read
  })
}

async function readAll(
  client: PoolClient,
  ids: string,
  onProgress: Options['onProgress'],
): Promise<Interactions> {
  const { pairs, players, synthetic } = await count(client, ids)
  const rows = createRows(pairs, players)
  const take = createRowReader((player, game, minutes) => rows.add(player, game, minutes))
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      take(chunk)
      onProgress?.(rows.size(), pairs)
      done()
    },
  })
  // The order of the primary key; PostgreSQL sorts where that is quicker than to follow it.
  await client.query(`set local work_mem = '128MB'`)
  await pipeline(
    client.query(
      copyTo(`
        copy (
          select player_id, appid, minutes from warehouse.interaction
          where player_id in (${ids})
          order by player_id, appid
        ) to stdout (format binary)
      `),
    ),
    sink,
  )
  return { ...rows.finish(), duplicates: 0, synthetic }
}

type Counts = { pairs: number; players: number; synthetic: boolean }

async function count(client: PoolClient, ids: string): Promise<Counts> {
  const { rows } = await client.query<Counts>(`
    select count(*) as pairs, count(distinct player_id) as players,
      exists (select from warehouse.player where synthetic and id in (${ids})) as synthetic
    from warehouse.interaction where player_id in (${ids})
  `)
  return rows[0] ?? { pairs: 0, players: 0, synthetic: false }
}

/** Rows that come ordered by player, gathered into compressed ones. */
function createRows(pairCount: number, playerCount: number) {
  const games = new Int32Array(pairCount)
  const minutes = new Int32Array(pairCount)
  const players = new Int32Array(playerCount)
  const offsets = new Uint32Array(playerCount + 1)
  let pair = 0
  let player = -1
  return {
    add(id: number, game: number, played: number) {
      if (player < 0 || players[player] !== id) {
        player += 1
        players[player] = id
      }
      games[pair] = game
      minutes[pair] = played
      pair += 1
      offsets[player + 1] = pair
    },
    size: () => pair,
    finish: () => ({ offsets, games, minutes, players }),
  }
}
