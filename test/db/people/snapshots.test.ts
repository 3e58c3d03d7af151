import { describe, expect, it } from 'vitest'
import { gameId, type SteamId } from '../../../core/ids.ts'
import type { Library } from '../../../core/players/library.ts'
import { createSnapshots } from '../../../db/people/snapshots.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()
const DAY_MS = 86_400_000
const now = new Date('2026-03-10T12:00:00Z')
const snapshots = createSnapshots(db, () => now)

function library(steamId: string, fetchedAt: Date, minutes = 5): Library {
  return {
    steamId: steamId as SteamId,
    fetchedAt,
    games: [
      { game: gameId(10), minutes, name: "Hostile '🎮" },
      { game: gameId(20), minutes: 0, name: undefined },
    ],
  }
}

describe('a library snapshot', () => {
  it('comes back as it was', async () => {
    await snapshots.save(library('1', now))
    expect(await snapshots.latest('1' as SteamId)).toEqual(library('1', now))
  })

  it('gives way to a newer one, and never to an older one', async () => {
    await snapshots.save(library('2', new Date(now.getTime() - 1000), 1))
    await snapshots.save(library('2', now, 2))
    await snapshots.save(library('2', new Date(now.getTime() - 5000), 3))
    expect((await snapshots.latest('2' as SteamId))?.games[0]?.minutes).toBe(2)
    expect(
      await db.selectFrom('lake.library_snapshot').where('steam_id', '=', '2').selectAll().execute(),
    ).toHaveLength(1)
  })

  it('is not handed out after seven days', async () => {
    await snapshots.save(library('3', new Date(now.getTime() - 7 * DAY_MS - 1)))
    await snapshots.save(library('4', new Date(now.getTime() - 7 * DAY_MS)))
    expect(await snapshots.latest('3' as SteamId)).toBeUndefined()
    expect(await snapshots.latest('4' as SteamId)).toBeDefined()
  })

  it('is unknown for a player whom nobody asked about', async () => {
    expect(await snapshots.latest('5' as SteamId)).toBeUndefined()
  })
})
