import type { PoolClient } from 'pg'
import { showable } from '../read/read-file.ts'
import type { NumberedPlay } from './merge-plays.ts'
import type { Play } from './player-formats.ts'

/** Remembered for the report; a hostile file may name millions. */
const MAX_UNMATCHED = 20_000
const SHOWN_UNMATCHED = 5

export type NameMatcher = {
  /** The play with its game's number, or undefined where the catalogue has no game of that name. */
  match(play: Play): NumberedPlay | undefined
  /** A sentence on the names that were not found, or undefined. */
  report(): string | undefined
}

/** Finds games by their names, whatever their case, accents and punctuation. */
export async function createNameMatcher(client: PoolClient): Promise<NameMatcher> {
  const games = await readNames(client)
  const unmatched = new Map<string, number>()
  let rows = 0
  return {
    match(play) {
      if (typeof play.game === 'number') return { ...play, game: play.game }
      const game = games.get(nameKey(play.game))
      if (game !== undefined) return { ...play, game }
      rows += 1
      if (unmatched.has(play.game) || unmatched.size < MAX_UNMATCHED) {
        unmatched.set(play.game, (unmatched.get(play.game) ?? 0) + 1)
      }
      return undefined
    },
    report: () => (rows === 0 ? undefined : explainUnmatched(rows, unmatched)),
  }
}

function explainUnmatched(rows: number, unmatched: ReadonlyMap<string, number>): string {
  const often = [...unmatched]
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, SHOWN_UNMATCHED)
  const names = often.map(([name, count]) => `${showable(name.slice(0, 60))} (${count})`).join(', ')
  return `${rows} rows name ${unmatched.size} games that the catalogue does not know; most often: ${names}`
}

/** Of several games with one name the one is meant that is a game, then the most reviewed, then the oldest. */
async function readNames(client: PoolClient): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ appid: number; name: string }>(
    `select appid, name from warehouse.game
     order by (type = 'game') desc nulls last, positive desc nulls last, appid`,
  )
  const games = new Map<string, number>()
  for (const { appid, name } of rows) {
    const key = nameKey(name)
    if (key !== '' && !games.has(key)) games.set(key, appid)
  }
  return games
}

/** Letters and digits only: "Sid Meier's Civilization® V" and "sid meiers civilization v" are one. */
function nameKey(name: string): string {
  return name
    .replace(/[™®©]/g, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
