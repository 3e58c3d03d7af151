import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Interactions } from '../core/interactions.ts'
import { type Db, WITHOUT_TIME_LIMIT, withClient } from './connect.ts'
import { createRowReader } from './copy-rows.ts'

type Options = {
  /** Rows read so far, of how many. */
  readonly onProgress?: (done: number, total: number) => void
}

/** Synthetic players are for a start without data: the first real one retires them. */
export const TRAINING_PLAYERS = `
  select id from warehouse.player
  where synthetic = not exists (select from warehouse.player where not synthetic)
`

/** Reads who owns what, in order and from one moment, at 12 bytes a row. */
export async function readInteractions(db: Db, { onProgress }: Options = {}): Promise<Interactions> {
  return withClient(db, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    await client.query(WITHOUT_TIME_LIMIT)
    const read = await readAll(client, onProgress)
    await client.query('commit')
    return read
  })
}

async function readAll(client: PoolClient, onProgress: Options['onProgress']): Promise<Interactions> {
  const { pairs, players, synthetic } = await count(client)
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
          where player_id in (${TRAINING_PLAYERS})
          order by player_id, appid
        ) to stdout (format binary)
      `),
    ),
    sink,
  )
  return { ...rows.finish(), duplicates: 0, synthetic }
}

type Counts = { pairs: number; players: number; synthetic: boolean }

async function count(client: PoolClient): Promise<Counts> {
  const { rows } = await client.query<Counts>(`
    select count(*) as pairs, count(distinct player_id) as players,
      not exists (select from warehouse.player where not synthetic)
        and exists (select from warehouse.player) as synthetic
    from warehouse.interaction where player_id in (${TRAINING_PLAYERS})
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
