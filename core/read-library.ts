import type { Player } from './ask.ts'
import type { SteamId } from './ids.ts'
import type { OwnedGame } from './library.ts'
import type { Libraries, StoredAnswer } from './ports.ts'
import type { Problem } from './problem.ts'
import { parseSteamTarget } from './steam/steam-id.ts'

/** What counts of a library, wherever it came from. */
export type Read = Pick<StoredAnswer, 'staleSince'> & {
  readonly games: readonly OwnedGame[]
  readonly steamId: SteamId | undefined
}

/** The library, or the problem with who was named. */
export async function readLibrary(libraries: Libraries, player: Player): Promise<Read | Problem> {
  if (player.kind === 'library') {
    return player.games.length === 0
      ? { kind: 'empty-library' }
      : { games: player.games, steamId: undefined, staleSince: undefined }
  }
  const target = parseSteamTarget(player.typed)
  if (!target) return { kind: 'bad-steam-id', asked: player.typed }
  const answer = await libraries.of(target)
  if (answer.kind === 'empty') return { kind: 'empty-library' }
  if (answer.kind !== 'library') return { kind: answer.kind }
  const { games, steamId, fetchedAt } = answer.library
  return { games, steamId, staleSince: answer.stale ? fetchedAt : undefined }
}
