import type { Game } from '../catalogue/game.ts'

/** What a digest's picture shows: its games, the first ones largest. Who draws it decides how. */
export type Cover = { readonly games: readonly CoverGame[] }

/** `imageUrl`: a stranger's word; the title stands in its place where it is no picture that may be fetched. */
type CoverGame = { readonly title: string; readonly imageUrl: string | undefined }

export function coverOf(games: readonly Game[]): Cover {
  return { games: games.map(({ name, imageUrl }) => ({ title: name, imageUrl })) }
}

/** A cover as a PNG; undefined where it cannot be drawn. Never throws: a digest is worth posting without its picture. */
export type DrawCover = (cover: Cover) => Promise<Uint8Array | undefined>
