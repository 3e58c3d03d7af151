import { z } from 'zod'
import { CATALOGUE_CURRENCY } from '../../../core/catalogue/prices.ts'
import { parseGameId } from '../../../core/ids.ts'
import { explainName, type GameFacts, gameFacts, parseCount } from './game-facts.ts'
import { parseRelease } from './release-date.ts'
import { rankTags } from './tags.ts'

const text = z.string().nullish().catch(undefined)
const texts = z.array(z.string()).nullish().catch(undefined)

const freeGame = z.object({
  link: z.string(),
  name: z.string(),
  header_image: text,
  developer: texts,
  publisher: texts,
  release_date: text,
  reviews: text,
  current_players: text,
  last_updated: text,
  description: text,
  platforms: texts,
  languages: texts,
  tags: texts,
})

const FREE = { cents: 0, initialCents: 0, discount: 0, currency: CATALOGUE_CURRENCY } as const

/**
 * A game of the free-steam-games-list, or why the object is none. The list names free games alone, and states a review share
 * without a count, which stays unknown.
 */
export function parseFreeGame(value: unknown): GameFacts | string {
  const parsed = freeGame.safeParse(value)
  if (!parsed.success) return 'not a game of the free-steam-games-list'
  const game = parsed.data
  const appid = parseGameId(/\/app\/(\d+)/.exec(game.link)?.[1])
  if (appid === undefined) return 'the link names no game'
  const facts = gameFacts({
    appid,
    name: game.name,
    description: game.description ?? '',
    developers: game.developer ?? [],
    publishers: game.publisher ?? [],
    tags: rankTags(game.tags ?? []),
    languages: game.languages ?? [],
    platforms: game.platforms ?? [],
    release: parseRelease(game.release_date ?? ''),
    reviewPercent: parsePercent(game.reviews ?? ''),
    concurrentPlayers: parseCount((game.current_players ?? '').replaceAll(',', '')),
    statedAt: parseTime(game.last_updated ?? ''),
    imageUrl: game.header_image ?? '',
    price: FREE,
  })
  return facts ?? explainName(game.name)
}

/** `86% (Very Positive)`. A share of "2 user reviews" says next to nothing, and is left out. */
function parsePercent(reviews: string): number | undefined {
  const [, percent] = /^(\d{1,3})% \((?!\d)/.exec(reviews) ?? []
  return percent !== undefined && Number(percent) <= 100 ? Number(percent) : undefined
}

function parseTime(text: string): Date | undefined {
  const time = /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text) : undefined
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time
}
