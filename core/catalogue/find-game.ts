import { type GameId, parseGameId } from '../ids.ts'
import type { Problem } from '../problem.ts'
import type { Catalogue } from './catalogue.ts'
import { meantBy, nameKey } from './titles.ts'

export type Found = {
  readonly game: GameId
  readonly name: string
  /** What was typed is near its name, and no other's. */
  readonly guessed: boolean
  /** Others whose names differ from it by the case of their letters alone. */
  readonly others: readonly Named[]
}

type Shelf = Pick<Catalogue, 'games' | 'facts'>

/** A name may stand behind longer ones that begin alike. */
const LOOKED_THROUGH = 25
const OFFERED = 3

const STORE_PAGE =
  /^(?:https?:\/\/|steam:\/\/openurl\/https?:\/\/)?(?:store\.steampowered\.com|steamcommunity\.com|s\.team)\/(?:agecheck\/|news\/)?(?:app|a)\/(\d{1,10})(?:[/?#\s]|$)/i

/**
 * The game that was named, in whatever spelling, by its number or by the address of its store page; or the problem: several
 * of one name, or none and those that are near. A number that is a name as well, as "2048" is, is a name.
 */
export async function findGame(catalogue: Shelf, typed: string): Promise<Found | Problem> {
  const asked = typed.trim()
  const numbered = numberInAddress(asked)
  if (numbered !== undefined) return (await byNumber(catalogue, numbered)) ?? unknown(asked)
  const near = asked === '' ? [] : await catalogue.games(asked, LOOKED_THROUGH)
  const meant = meantBy(asked, near)
  const number = meant === undefined || meant.sure === 'near' ? parseGameId(asked) : undefined
  const found = number === undefined ? undefined : await byNumber(catalogue, number)
  if (found) return found
  const [first, ...others] = meant?.titles ?? []
  if (!meant || !first) return unknown(asked, near)
  if (others.length === 0) return { ...first, guessed: meant.sure === 'near', others: meant.others }
  return meant.sure === 'near'
    ? unknown(asked, meant.titles)
    : several(catalogue, asked, [...meant.titles, ...meant.others])
}

/** The number in the address of a store page. */
export function numberInAddress(text: string): GameId | undefined {
  return parseGameId(STORE_PAGE.exec(text)?.[1])
}

/** Whether a game is called so, in whatever spelling. */
export async function isTitle(catalogue: Shelf, typed: string): Promise<boolean> {
  const asked = typed.trim()
  if (nameKey(asked) === '') return false
  const meant = meantBy(asked, await catalogue.games(asked, LOOKED_THROUGH))
  return meant !== undefined && meant.sure !== 'near'
}

async function byNumber({ facts }: Shelf, number: GameId): Promise<Found | undefined> {
  const game = (await facts([number])).get(number)
  return game && { game: number, name: game.name, guessed: false, others: [] }
}

type Named = { readonly game: GameId; readonly name: string }

function unknown(asked: string, near: readonly Named[] = []): Problem {
  return { kind: 'unknown-game', asked, near: near.slice(0, OFFERED) }
}

/** Told apart by what the store says of them. */
async function several(catalogue: Shelf, asked: string, titles: readonly Named[]): Promise<Problem> {
  const facts = await catalogue.facts(titles.map(({ game }) => game))
  const games = titles.map(({ game, name }) => {
    const { release, developers = [] } = facts.get(game) ?? {}
    return { game, name, about: [release?.at.slice(0, 4), developers[0]].filter((one) => one !== undefined) }
  })
  return { kind: 'several-games', asked, games }
}
