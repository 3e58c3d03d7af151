import type { SteamId } from '../ids.ts'
import type { LibraryAnswer } from '../players/library.ts'
import { Unavailable } from '../unavailable.ts'
import { readOwnedGames, readPersonaName, readVanity, readVisibility } from './payloads.ts'
import type { Deadline, RetryingApi } from './retry-policy.ts'
import { SteamFailure } from './steam-failure.ts'

/** The questions we have for Steam. They throw `SteamFailure` where it does not answer them. */
export type Players = {
  /** Undefined where nobody has the custom name. */
  resolve(name: string, deadline: Deadline): Promise<SteamId | undefined>
  library(steamId: SteamId, deadline: Deadline): Promise<LibraryAnswer>
  /** Undefined where there is no such account. */
  personaName(steamId: SteamId, deadline: Deadline): Promise<string | undefined>
}

/** `onUnshown`: Steam shows no library of an account that we may have one of. Told before it is known why. */
export function createPlayers(
  api: RetryingApi,
  now: () => Date,
  onUnshown: (steamId: SteamId) => Promise<void>,
): Players {
  return {
    async resolve(name, deadline) {
      const parameters = { vanityurl: name }
      return readVanity(await api({ path: 'ISteamUser/ResolveVanityURL/v1/', parameters }, deadline))
    },
    async library(steamId, deadline) {
      const games = readOwnedGames(await api(ownedGamesOf(steamId), deadline))
      if (!games) {
        await onUnshown(steamId)
        return whyNothing(api, steamId, deadline)
      }
      if (games.length === 0) return { kind: 'empty', steamId }
      return { kind: 'library', library: { steamId, games, fetchedAt: now() }, stale: false }
    },
    async personaName(steamId, deadline) {
      return readPersonaName(await api(summaryOf(steamId), deadline), steamId)
    },
  }
}

/** Without the last two Steam leaves out free games that were played and games it has not vetted. */
function ownedGamesOf(steamid: SteamId) {
  return {
    path: 'IPlayerService/GetOwnedGames/v1/',
    parameters: {
      steamid,
      include_appinfo: '1',
      include_played_free_games: '1',
      skip_unvetted_apps: 'false',
    },
  }
}

function summaryOf(steamId: SteamId) {
  return { path: 'ISteamUser/GetPlayerSummaries/v2/', parameters: { steamids: steamId } }
}

/** Steam says "nothing" alike for nobody, for a private profile and for hidden games. */
async function whyNothing(api: RetryingApi, steamId: SteamId, deadline: Deadline): Promise<LibraryAnswer> {
  switch (readVisibility(await api(summaryOf(steamId), deadline).catch(unexplained), steamId)) {
    case 'none':
      return { kind: 'no-profile' }
    case 'private':
      return { kind: 'private-profile' }
    case 'public':
      return { kind: 'hidden-games' }
  }
}

/** What a player hides now must not come out of an older snapshot, so this is no `SteamFailure`. */
function unexplained(error: unknown): never {
  if (error instanceof SteamFailure && error.kind === 'key') throw error
  throw new Unavailable('steam', error)
}
