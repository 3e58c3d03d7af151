/** A Steam application number (appid), a positive integer. */
export type GameId = number & { readonly __id: 'game' }

/** A 64-bit Steam ID of an individual account in canonical form (public universe, instance 1), 17 digits. */
export type SteamId = string & { readonly __id: 'steam' }

/** Names one stored answer; short, random, safe inside a button. */
export type AnswerId = string & { readonly __id: 'answer' }

/** Who is talking, on any platform; safe as a primary key. */
export type UserKey = `discord:${string}` | `slack:${string}` | `terminal:${string}` | VisitorKey

/** Whoever tries the playground, and the place and channel that are made up for them. */
export type VisitorKey = `playground:${string}`

/** Whose a digest's stored answer is: no person's. */
export type DigestOwner = `digest:${AnswerId}`

export function isDigestOwner(owner: UserKey | DigestOwner): owner is DigestOwner {
  return owner.startsWith('digest:')
}

/** A server or workspace: `discord:<guild>`, `slack:<team>`. */
export type PlaceKey = `discord:${string}` | `slack:${string}` | VisitorKey

/** Whoever belongs to a place, as in a workspace, has it in their own key. */
export function placeOfUser(user: UserKey): PlaceKey | undefined {
  return user.startsWith('slack:') ? (user.slice(0, user.indexOf('.')) as PlaceKey) : undefined
}

/** Where something is said: `discord:<channel>`, `slack:<team>.<channel>`, `terminal:<name>`. */
export type ChannelKey = `discord:${string}` | `slack:${string}` | `terminal:${string}` | VisitorKey

/** What the platform calls a place. */
export type PlaceKind = 'server' | 'workspace'

export function kindOfPlace(place: PlaceKey): PlaceKind {
  return place.startsWith('slack:') ? 'workspace' : 'server'
}

/** Steam numbers its applications with unsigned 32-bit integers; PostgreSQL's `integer` holds all in use. */
const MAX_APPID = 2 ** 31 - 1

/** A game's number from anything, or undefined where it is not one. */
export function parseGameId(value: unknown): GameId | undefined {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number <= MAX_APPID
    ? (number as GameId)
    : undefined
}

/** For numbers that are known to be valid: literals, rows of our own tables. Throws on anything else. */
export function gameId(value: number): GameId {
  const id = parseGameId(value)
  if (id === undefined) throw new Error(`not a game's number: ${value}`)
  return id
}
