import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { parseGameId } from '../../core/ids.ts'
import type { OwnedGame } from '../../core/players/library.ts'
import { isDamaged } from '../../db/import/games/clean-text.ts'
import { asUtf8, decodeText } from '../../db/import/read/encoding.ts'
import { readLines } from '../../db/import/read/lines.ts'
import { isRoundedId, parseJsonExactly, ROUNDED } from '../../db/import/read/rounded-ids.ts'

/** A library file far beyond any real one (the largest known hold some 50,000 games) is a mistake. */
const MAX_BYTES = 20_000_000

const ownedGames = z.object({
  response: z.object({
    games: z
      .array(
        z.object({
          appid: z.union([z.number(), z.string()]),
          playtime_forever: z.number().default(0),
          name: z.string().optional(),
        }),
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
    return parseJsonExactly(text)
  } catch {
    throw new Error(`not JSON: ${FORMS}`)
  }
}

function merge(entries: readonly (readonly [string | number, number, string | undefined])[]): OwnedGame[] {
  const games = new Map<number, OwnedGame>()
  for (const [id, minutes, name] of entries) {
    const game = parseGameId(id)
    if (typeof id === 'string' && isRoundedId(id))
      throw new Error(`"${id.slice(0, 20)}" is ${ROUNDED}: ${FORMS}`)
    if (game === undefined) throw new Error(`"${String(id).slice(0, 20)}" is not an appid: ${FORMS}`)
    if (!Number.isFinite(minutes) || minutes < 0) throw new Error(`minutes of game ${game} must be 0 or more`)
    games.set(game, {
      game,
      minutes: Math.max(minutes, games.get(game)?.minutes ?? 0),
      name: unlessDamaged(name),
    })
  }
  return [...games.values()].sort((a, b) => a.game - b.game)
}

/** A name that lost some of its letters is none. */
function unlessDamaged(name: string | undefined): string | undefined {
  return name !== undefined && isDamaged(name.toWellFormed()) ? undefined : name
}

export async function readLibraryFile(file: string): Promise<OwnedGame[]> {
  const bytes = await readFile(file)
  if (bytes.length > MAX_BYTES) throw new Error(`${file} is too large for one library`)
  try {
    return parseLibraryText(decodeText(bytes))
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
}

/** One library a line, in constant memory. Throws with the line's number at the first bad one. */
export async function* readLibraryLines(file: string): AsyncGenerator<OwnedGame[]> {
  for await (const line of readLines(asUtf8(createReadStream(file), file), MAX_BYTES)) {
    if (line.text?.trim() === '') continue
    try {
      if (line.text === undefined) throw new Error(line.fault)
      yield parseLibraryText(line.text)
    } catch (error) {
      throw new Error(`${file}, line ${line.number}: ${(error as Error).message}`)
    }
  }
}
