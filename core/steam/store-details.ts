import { z } from 'zod'
import { type GameId, parseGameId } from '../ids.ts'
import { checked, garbled } from './payloads.ts'
import { SteamFailure } from './steam-failure.ts'

/** The store's page of one game, in its own words. Undefined and empty: it does not say. */
export type StoreDetails = {
  readonly game: GameId
  readonly name: string
  readonly type: string
  /** The full game that this belongs to, as the store names it for demos and add-ons. */
  readonly parent?: GameId | undefined
  readonly description: string
  readonly developers: readonly string[]
  readonly publishers: readonly string[]
  readonly genres: readonly string[]
  readonly categories: readonly string[]
  /** With the store's markup. */
  readonly languages: string
  /** As `windows`, `mac`, `linux`. */
  readonly platforms: readonly string[]
  /** US cents. */
  readonly price:
    | { readonly cents: number; readonly initialCents: number; readonly discount: number }
    | undefined
  readonly released: string
  readonly requiredAge: number | undefined
  /** The store says that it is for adults for its sexual content. */
  readonly adult: boolean
  readonly website: string
  readonly imageUrl: string
}

export type StoreAnswer =
  | { readonly kind: 'page'; readonly details: StoreDetails }
  /** Removed, not sold where we ask, or part of another app. */
  | { readonly kind: 'no-page' }

const MAX_CENTS = 2 ** 31 - 1
const MAX_AGE = 99

/** "Adult only sexual content" and "frequent nudity or sexual content"; the others are milder, or not about that. */
const ADULT_DESCRIPTORS = [3, 4]

const text = z.string().catch('')
const texts = z.array(z.string()).catch([])
const named = z.array(z.object({ description: z.string() })).catch([])
const cents = z.number().int().min(0).max(MAX_CENTS)

const page = z.object({
  steam_appid: z.number(),
  name: z.string().min(1),
  type: text,
  fullgame: z
    .object({ appid: z.union([z.string(), z.number()]) })
    .optional()
    .catch(undefined),
  short_description: text,
  developers: texts,
  publishers: texts,
  genres: named,
  categories: named,
  supported_languages: text,
  platforms: z.record(z.string(), z.unknown()).catch({}),
  is_free: z.boolean().catch(false),
  price_overview: z
    .object({
      currency: z.literal('USD'),
      initial: cents,
      final: cents,
      discount_percent: z.number().int().min(0).max(100),
    })
    .optional()
    .catch(undefined),
  release_date: z.object({ date: z.string() }).catch({ date: '' }),
  // A number or its digits, at times with a plus.
  required_age: z
    .union([z.number(), z.string().transform((age) => Number.parseInt(age, 10))])
    .pipe(z.number().int().min(0).max(MAX_AGE))
    .optional()
    .catch(undefined),
  content_descriptors: z.object({ ids: z.array(z.number()) }).catch({ ids: [] }),
  website: text,
  header_image: text,
})

const answer = z.record(z.string(), z.object({ success: z.boolean(), data: z.unknown().optional() }))

/** Throws `SteamFailure`: `away` for the nothing that the store answers to those who ask too fast, else `garbled`. */
export function readStoreAnswer(payload: unknown, game: GameId): StoreAnswer {
  if (payload === null) throw new SteamFailure('away', 'appdetails answered nothing')
  const found = checked(answer, payload, 'appdetails')[String(game)]
  if (!found) throw garbled('appdetails', 'another game')
  if (!found.success) return { kind: 'no-page' }
  const details = checked(page, found.data, 'appdetails')
  return details.steam_appid === game
    ? { kind: 'page', details: toDetails(details, game) }
    : { kind: 'no-page' }
}

function toDetails(known: z.infer<typeof page>, game: GameId): StoreDetails {
  return {
    game,
    name: known.name,
    type: known.type,
    parent: parentOf(known.fullgame?.appid, game),
    description: known.short_description,
    developers: known.developers,
    publishers: known.publishers,
    genres: known.genres.map(({ description }) => description),
    categories: known.categories.map(({ description }) => description),
    languages: known.supported_languages,
    platforms: Object.entries(known.platforms).flatMap(([name, has]) => (has === true ? [name] : [])),
    price: priceOf(known),
    released: known.release_date.date,
    requiredAge: known.required_age,
    adult: known.content_descriptors.ids.some((id) => ADULT_DESCRIPTORS.includes(id)),
    website: known.website,
    imageUrl: known.header_image,
  }
}

function parentOf(appid: string | number | undefined, game: GameId): GameId | undefined {
  const parent = parseGameId(appid)
  return parent === game ? undefined : parent
}

/** What is not sold, such as a game to come, has no price. */
function priceOf({ is_free, price_overview: price }: z.infer<typeof page>): StoreDetails['price'] {
  if (is_free) return { cents: 0, initialCents: 0, discount: 0 }
  return (
    price && {
      cents: price.final,
      initialCents: Math.max(price.initial, price.final),
      discount: price.discount_percent,
    }
  )
}
