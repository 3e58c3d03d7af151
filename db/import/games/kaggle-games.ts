import { parseGameId } from '../../../core/ids.ts'
import { isRoundedId, ROUNDED, unwrapId } from '../read/rounded-ids.ts'
import { splitCompanies, splitLanguages } from './clean-text.ts'
import {
  explainName,
  type GameFacts,
  gameFacts,
  type OwnersRange,
  type PriceFacts,
  parseCount,
} from './game-facts.ts'
import { parseRelease } from './release-date.ts'
import type { Tag } from './tags.ts'

const COLUMNS = [
  'App ID',
  'Name',
  'Short Description',
  'Developer',
  'Publisher',
  'Genre',
  'Tags',
  'Type',
  'Categories',
  'Owners',
  'Positive Reviews',
  'Negative Reviews',
  'Price',
  'Initial Price',
  'Discount',
  'CCU',
  'Languages',
  'Platforms',
  'Release Date',
  'Required Age',
  'Website',
  'Header Image',
] as const

type Column = (typeof COLUMNS)[number]

export const KAGGLE_HEADER = COLUMNS.join(';')

/** A game of the Kaggle table "All 55,000 games on Steam", or why the row is none. */
export function parseKaggleGame(fields: readonly string[]): GameFacts | string {
  if (fields.length !== COLUMNS.length) return `${fields.length} columns instead of ${COLUMNS.length}`
  const field = (name: Column) => fields[COLUMNS.indexOf(name)] ?? ''
  const id = unwrapId(field('App ID'))
  const appid = parseGameId(id)
  if (appid === undefined) return isRoundedId(id) ? ROUNDED : 'the App ID is not a game number'
  const facts = gameFacts({
    appid,
    name: field('Name'),
    description: field('Short Description'),
    type: field('Type').trim(),
    developers: splitCompanies(field('Developer')),
    publishers: splitCompanies(field('Publisher')),
    genres: splitList(field('Genre')),
    categories: splitList(field('Categories')),
    tags: splitList(field('Tags')).map(parseTag),
    languages: splitLanguages(field('Languages')),
    platforms: splitList(field('Platforms')),
    positiveReviews: parseCount(field('Positive Reviews')),
    negativeReviews: parseCount(field('Negative Reviews')),
    price: parsePrice(field('Price'), field('Initial Price'), field('Discount')),
    release: parseRelease(field('Release Date')),
    requiredAge: parseAge(field('Required Age')),
    owners: parseOwners(field('Owners')),
    concurrentPlayers: parseCount(field('CCU')),
    website: field('Website'),
    imageUrl: field('Header Image'),
  })
  return facts ?? explainName(field('Name'))
}

function splitList(text: string): string[] {
  return text === '' ? [] : text.split(', ')
}

/** `Action: 12`; the name may hold a colon of its own. */
function parseTag(text: string): Tag {
  const [, name, votes] = /^(.*):\s*(\d{1,9})\s*$/s.exec(text) ?? []
  return name === undefined ? { name: text, votes: 0 } : { name, votes: Number(votes) }
}

/** US cents. */
function parsePrice(price: string, initialPrice: string, discount: string): PriceFacts | undefined {
  const cents = parseCount(price)
  if (cents === undefined) return undefined
  return {
    cents,
    initialCents: Math.max(cents, parseCount(initialPrice) ?? cents),
    discount: Math.min(100, parseCount(discount) ?? 0),
    currency: 'USD',
  }
}

function parseAge(text: string): number | undefined {
  const age = parseCount(text.replace('+', ''))
  return age !== undefined && age <= 99 ? age : undefined
}

/** `10,000,000 .. 20,000,000` */
function parseOwners(text: string): OwnersRange | undefined {
  const [least, most] = text.replaceAll(',', '').split('..').map(parseCount)
  return least !== undefined && most !== undefined && least <= most ? { least, most } : undefined
}
