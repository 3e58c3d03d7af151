/** A Steam application number (appid), a positive integer. */
export type GameId = number & { readonly __id: 'game' }

/** A 64-bit Steam ID of an individual account in canonical form (public universe, instance 1), 17 digits. */
export type SteamId = string & { readonly __id: 'steam' }

/**
 * A 64-bit Steam ID is universe (8 bits), account type (4), instance (20) and account number (32). This one is the
 * public universe (1), an individual (1), instance 1, account 0.
 */
const FIRST_ID64 = 76561197960265728n
const KIND_MASK = 0xfff0_0000_0000_0000n
const ACCOUNT_MASK = 0xffff_ffffn
const ID64 = /^\d{17}$/

/** An id64 of an individual in the public universe, with its instance set to 1: Steam ignores the instance, keys must not. */
export function parseSteamId64(text: string): SteamId | undefined {
  if (!ID64.test(text)) return undefined
  const id = BigInt(text)
  const individual = (id & KIND_MASK) === (FIRST_ID64 & KIND_MASK)
  return individual ? steamIdOfAccount(id & ACCOUNT_MASK) : undefined
}

/** The public account of this number, from 1 to 2³² − 1. */
export function steamIdOfAccount(number: bigint | string): SteamId | undefined {
  const account = BigInt(number)
  return account > 0n && account <= ACCOUNT_MASK ? (String(FIRST_ID64 + account) as SteamId) : undefined
}

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

/** On the platform of a place or person. */
export function kindOfPlace(key: PlaceKey | UserKey): PlaceKind {
  return key.startsWith('slack:') ? 'workspace' : 'server'
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
