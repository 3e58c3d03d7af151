import { z } from 'zod'
import { parseGameId } from '../../../core/ids.ts'
import { isRoundedId, ROUNDED } from '../read/rounded-ids.ts'
import { explainName, type GameFacts, gameFacts, type PriceFacts } from './game-facts.ts'
import { parseRelease } from './release-date.ts'
import { rankTags } from './tags.ts'

const text = z.string().nullish().catch(undefined)
const texts = z.array(z.string()).nullish().catch(undefined)
const dollars = z.union([z.number(), z.string()]).nullish().catch(undefined)

const ucsdGame = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  url: text,
  app_name: text,
  title: text,
  developer: text,
  publisher: text,
  genres: texts,
  tags: texts,
  specs: texts,
  release_date: text,
  price: dollars,
  discount_price: dollars,
})

/** A game of the UCSD file steam_games, or why the object is none. Its players' mood (`sentiment`) is no share, so it is dropped. */
export function parseUcsdGame(value: unknown): GameFacts | string {
  const parsed = ucsdGame.safeParse(value)
  if (!parsed.success) return 'not a game of the UCSD file'
  const game = parsed.data
  if (typeof game.id === 'string' && isRoundedId(game.id)) return ROUNDED
  const appid = parseGameId(game.id ?? undefined) ?? parseGameId(/\/app\/(\d+)/.exec(game.url ?? '')?.[1])
  if (appid === undefined) return 'no game number'
  const facts = gameFacts({
    appid,
    name: game.title || game.app_name || '',
    developers: splitDevelopers(game.developer),
    publishers: splitDevelopers(game.publisher),
    genres: game.genres ?? [],
    categories: game.specs ?? [],
    tags: rankTags(game.tags ?? []),
    price: parsePrice(game.price, game.discount_price),
    release: parseRelease(game.release_date ?? ''),
  })
  return facts ?? explainName(game.title || game.app_name || '')
}

/** Here a comma may be part of a name or part a list; the file does not tell, so a company stays whole. */
function splitDevelopers(companies: string | null | undefined): string[] {
  return companies ? [companies] : []
}

type Dollars = number | string | null | undefined

/** Dollars, or words: "Free To Play" is 0, "Install Now" is unknown. */
function parsePrice(price: Dollars, discounted: Dollars): PriceFacts | undefined {
  const initialCents = parseCents(price)
  if (initialCents === undefined) return undefined
  const cents = Math.min(initialCents, parseCents(discounted) ?? initialCents)
  const discount = initialCents === 0 ? 0 : Math.round(100 * (1 - cents / initialCents))
  return { cents, initialCents, discount, currency: 'USD' }
}

function parseCents(price: Dollars): number | undefined {
  if (typeof price === 'string' && /^\s*free(?! (?:demo|mod|movie))\b/i.test(price)) return 0
  const amount = typeof price === 'string' ? Number(price.replace(/^\$/, '') || Number.NaN) : price
  const isPrice = typeof amount === 'number' && amount >= 0 && amount < 10_000
  return isPrice ? Math.round(amount * 100) : undefined
}
