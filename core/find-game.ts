import type { GameId } from './ids.ts'
import { plainly } from './plainly.ts'
import type { Catalogue } from './ports.ts'
import type { Problem } from './problem.ts'

export type Found = { readonly game: GameId; readonly name: string }

/** A name may stand behind longer ones that begin alike. */
const LOOKED_THROUGH = 25
const OFFERED = 3

/** The game that was named, whatever the case and punctuation; else those whose names are near. */
export async function findGame(catalogue: Catalogue, typed: string): Promise<Found | Problem> {
  const asked = typed.trim()
  const near = asked === '' ? [] : await catalogue.games(asked, LOOKED_THROUGH)
  const exact = near.find(({ name }) => name === asked)
  const plain = nameKey(asked)
  const found = exact ?? near.find(({ name }) => plain !== '' && nameKey(name) === plain)
  return found ?? { kind: 'unknown-game', asked, near: near.slice(0, OFFERED).map(({ name }) => name) }
}

/** "PAPERS PLEASE" is "Papers, Please", and "Café™", whose mark would be read as two letters, is "cafe". */
function nameKey(name: string): string {
  return plainly(name.replace(/[™®©]/gu, ''))
}
