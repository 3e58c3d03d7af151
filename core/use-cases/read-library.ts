import type { Catalogue } from '../catalogue/catalogue.ts'
import { nameGames } from '../catalogue/name-games.ts'
import type { Player, Requester } from '../command-request.ts'
import { MAX_LIKED } from '../commands/catalogue.ts'
import type { SteamId } from '../ids.ts'
import type { Accounts } from '../players/accounts.ts'
import type { Libraries, LibraryAnswer, OwnedGame, SteamTarget } from '../players/library.ts'
import type { Problem } from '../problem.ts'

export type LibraryPorts = {
  readonly libraries: Libraries
  readonly accounts: Accounts
  readonly catalogue: Catalogue
}

/** What counts of a library, wherever it came from. */
export type Read = {
  readonly games: readonly OwnedGame[]
  readonly steamId: SteamId | undefined
  /** When it was fetched, if Steam was away and a snapshot served. */
  readonly staleSince: Date | undefined
  /** The names of the games, where games were named in place of a library. */
  readonly likedNames: readonly string[] | undefined
}

type Named = Pick<Requester, 'user'> & { readonly player: Player }

/** The library, or the problem with who was named. */
export async function readLibrary(ports: LibraryPorts, { user, player }: Named): Promise<Read | Problem> {
  switch (player.kind) {
    case 'library':
      return player.games.length === 0 ? { kind: 'empty-library' } : brought(player.games)
    case 'liked':
      return likedGames(ports, player.names)
    case 'linked': {
      const link = await ports.accounts.link(user)
      return link
        ? fetched(await ports.libraries.of({ kind: 'id', id: link.steamId }))
        : { kind: 'not-linked' }
    }
    case 'steam': {
      const { typed, target } = player
      return target ? fetched(await libraryOf(ports, target)) : { kind: 'bad-steam-id', asked: typed }
    }
  }
}

/** Of "_name_" nobody can tell whether it is a custom name or one in italics: the first where there is one. */
async function libraryOf(
  { libraries }: Pick<LibraryPorts, 'libraries'>,
  target: SteamTarget,
): Promise<LibraryAnswer> {
  const answer = await libraries.of(target)
  const name = target.kind === 'vanity' ? /^_(.{2,})_$/.exec(target.name)?.[1] : undefined
  return answer.kind === 'no-profile' && name !== undefined ? libraries.of({ kind: 'vanity', name }) : answer
}

function brought(games: readonly OwnedGame[]): Read {
  return { games, steamId: undefined, staleSince: undefined, likedNames: undefined }
}

function fetched(answer: LibraryAnswer): Read | Problem {
  if (answer.kind === 'empty') return { kind: 'empty-library' }
  if (answer.kind !== 'library') return { kind: answer.kind }
  const { games, steamId, fetchedAt } = answer.library
  return { games, steamId, staleSince: answer.stale ? fetchedAt : undefined, likedNames: undefined }
}

/** A liked game counts like a played one. */
async function likedGames(
  { catalogue }: Pick<LibraryPorts, 'catalogue'>,
  typed: readonly string[],
): Promise<Read | Problem> {
  const found = await nameGames(catalogue, typed)
  if ('kind' in found) return found
  if (found.length > MAX_LIKED) return { kind: 'too-many-liked', most: MAX_LIKED }
  const games = found.map(({ game, name }) => ({ game, name, minutes: 60 })).sort((a, b) => a.game - b.game)
  return { ...brought(games), likedNames: found.map(({ name }) => name) }
}
