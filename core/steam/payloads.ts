import { z } from 'zod'
import { type GameId, parseGameId, parseSteamId64, type SteamId } from '../ids.ts'
import type { OwnedGame } from '../players/library.ts'
import { SteamFailure } from './steam-failure.ts'

/** One schema per payload; what Steam adds is ignored, what it breaks is a `garbled` failure. */

/** Interactions keep minutes in 32 bits. */
const MAX_MINUTES = 2 ** 31 - 1
const MAX_NAME = 300

const ownedGames = z.object({
  response: z.object({
    game_count: z.number().int().nonnegative().optional(),
    games: z.array(z.unknown()).optional(),
  }),
})

const ownedGame = z.object({
  appid: z.number().transform((appid, context) => {
    const game = parseGameId(appid)
    if (game !== undefined) return game
    context.addIssue('not a game’s number')
    return z.NEVER
  }),
  playtime_forever: z.number().int().min(0).max(MAX_MINUTES).default(0),
  name: z.string().optional().catch(undefined),
})

const vanity = z.object({
  response: z.discriminatedUnion('success', [
    z.object({ success: z.literal(1), steamid: z.string() }),
    z.object({ success: z.literal(42) }),
  ]),
})

const summaries = z.object({
  response: z.object({
    players: z.array(
      z.object({
        steamid: z.string(),
        communityvisibilitystate: z.number(),
        personaname: z.string().optional().catch(undefined),
      }),
    ),
  }),
})

const PUBLIC = 3

/** The games, ascending, none twice; undefined where Steam shows nothing of them. */
export function readOwnedGames(payload: unknown): readonly OwnedGame[] | undefined {
  const { game_count: count, games } = checked(ownedGames, payload, 'GetOwnedGames').response
  if (games === undefined && count === undefined) return undefined
  const owned = merge((games ?? []).flatMap(readGame))
  // Many games of which none can be read is no empty library.
  if (owned.length === 0 && (games ?? []).length + (count ?? 0) > 0) throw garbled('GetOwnedGames', 'no game')
  return owned
}

/** One bad entry costs that entry, not the library. */
function readGame(entry: unknown): OwnedGame[] {
  const { success, data } = ownedGame.safeParse(entry)
  if (!success) return []
  return [{ game: data.appid, minutes: data.playtime_forever, name: nameOf(data.name) }]
}

/** A name that lost letters on its way is none. */
function nameOf(name: string | undefined): string | undefined {
  return name?.includes('\ufffd') ? undefined : name?.slice(0, MAX_NAME) || undefined
}

function merge(games: readonly OwnedGame[]): readonly OwnedGame[] {
  const byId = new Map<GameId, OwnedGame>()
  for (const owned of games) {
    const known = byId.get(owned.game)
    byId.set(owned.game, {
      ...owned,
      minutes: Math.max(owned.minutes, known?.minutes ?? 0),
      name: known?.name ?? owned.name,
    })
  }
  return [...byId.values()].sort((a, b) => a.game - b.game)
}

/** Undefined where nobody has the name. */
export function readVanity(payload: unknown): SteamId | undefined {
  const { response } = checked(vanity, payload, 'ResolveVanityURL')
  if (response.success === 42) return undefined
  const id = parseSteamId64(response.steamid)
  if (id === undefined) throw garbled('ResolveVanityURL', 'no Steam ID of a person')
  return id
}

export function readVisibility(payload: unknown, steamId: SteamId): 'none' | 'private' | 'public' {
  const { players } = checked(summaries, payload, 'GetPlayerSummaries').response
  const player = players.find((entry) => entry.steamid === steamId)
  if (!player) return 'none'
  return player.communityvisibilitystate === PUBLIC ? 'public' : 'private'
}

/** Undefined where there is no such account. */
export function readPersonaName(payload: unknown, steamId: SteamId): string | undefined {
  const { players } = checked(summaries, payload, 'GetPlayerSummaries').response
  return players.find((entry) => entry.steamid === steamId)?.personaname?.slice(0, MAX_NAME)
}

export function checked<T>(schema: z.ZodType<T>, payload: unknown, method: string): T {
  const { success, data, error } = schema.safeParse(payload)
  if (success) return data
  throw garbled(method, error.issues[0]?.path.join('.') || 'the answer')
}

export function garbled(method: string, what: string): SteamFailure {
  return new SteamFailure('garbled', `${method} answered in an unknown shape: ${what}`)
}
