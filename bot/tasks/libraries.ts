import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { parseGameId } from '../../core/ids.ts'
import type { OwnedGame } from '../../core/library.ts'

/** A library file far beyond any real one (the largest known hold some 50,000 games) is a mistake. */
const MAX_BYTES = 20_000_000

const ownedGames = z.object({
  response: z.object({
    games: z
      .array(
        z.object({ appid: z.number(), playtime_forever: z.number().default(0), name: z.string().optional() }),
      )
      .default([]),
  }),
})
const minutesByAppid = z.record(z.string(), z.number())

const FORMS = 'expected {"440": 1250, "620": 0} (appid to minutes) or one GetOwnedGames answer'

/** One library from its JSON text. Throws one sentence; a game named twice keeps its greater playtime. */
export function parseLibraryText(text: string): OwnedGame[] {
  const json = parseJson(text)
  const steam = ownedGames.safeParse(json)
  if (steam.success) {
    return merge(steam.data.response.games.map((g) => [g.appid, g.playtime_forever, g.name] as const))
  }
  const plain = minutesByAppid.safeParse(json)
  if (plain.success)
    return merge(Object.entries(plain.data).map(([id, minutes]) => [id, minutes, undefined] as const))
  throw new Error(`not a library: ${FORMS}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`not JSON: ${FORMS}`)
  }
}

function merge(entries: readonly (readonly [string | number, number, string | undefined])[]): OwnedGame[] {
  const games = new Map<number, OwnedGame>()
  for (const [id, minutes, name] of entries) {
    const game = parseGameId(id)
    if (game === undefined) throw new Error(`"${String(id).slice(0, 20)}" is not an appid: ${FORMS}`)
    if (!Number.isFinite(minutes) || minutes < 0) throw new Error(`minutes of game ${game} must be 0 or more`)
    games.set(game, { game, minutes: Math.max(minutes, games.get(game)?.minutes ?? 0), name })
  }
  return [...games.values()].sort((a, b) => a.game - b.game)
}

export async function readLibraryFile(file: string): Promise<OwnedGame[]> {
  const text = await readFile(file, 'utf8')
  if (text.length > MAX_BYTES) throw new Error(`${file} is too large for one library`)
  try {
    return parseLibraryText(text)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
}

/** One library a line, in constant memory. Throws with the line's number at the first bad one. */
export async function* readLibraryLines(file: string): AsyncGenerator<OwnedGame[]> {
  let number = 0
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1
    if (line.trim() === '') continue
    try {
      yield parseLibraryText(line)
    } catch (error) {
      throw new Error(`${file}, line ${number}: ${(error as Error).message}`)
    }
  }
}
