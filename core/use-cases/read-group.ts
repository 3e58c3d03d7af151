import type { GroupPlayer, Requester } from '../command-request.ts'
import type { SteamId } from '../ids.ts'
import type { Accounts } from '../players/accounts.ts'
import type { Libraries, OwnedGame, SteamTarget } from '../players/library.ts'
import type { LeftOutWhy } from '../problem.ts'
import type { Inline } from '../reply.ts'
import { Unavailable } from '../unavailable.ts'

export type GroupPorts = { readonly libraries: Libraries; readonly accounts: Accounts }

/** `who`: as typed. For the asker's eyes once, and stored nowhere. */
export type LeftOut = { readonly who: Inline; readonly why: LeftOutWhy }

export type Group = {
  /** One library for each player, nobody twice. */
  readonly libraries: readonly (readonly OwnedGame[])[]
  readonly leftOut: readonly LeftOut[]
}

type Member =
  | { readonly kind: 'member'; readonly steamId: SteamId; readonly games: readonly OwnedGame[] }
  | { readonly kind: 'away'; readonly error: Unavailable }
  | { readonly kind: Exclude<LeftOutWhy, 'away'> }

/** Everybody's library at once. Whoever's cannot be read is left out; throws only where Steam gave none at all. */
export async function readGroup(
  ports: GroupPorts,
  requester: Requester,
  players: readonly GroupPlayer[],
): Promise<Group> {
  const read = await Promise.all(
    players.map(async (player) => ({ player, found: await readMember(ports, requester, player) })),
  )
  const libraries = new Map<SteamId, readonly OwnedGame[]>()
  const leftOut: LeftOut[] = []
  for (const { player, found } of read) {
    if (found.kind === 'member') libraries.set(found.steamId, found.games)
    else leftOut.push({ who: shownAs(player), why: found.kind })
  }
  const away = read.map(({ found }) => found).find((found) => found.kind === 'away')
  if (away && libraries.size === 0) throw away.error
  return { libraries: [...libraries.values()], leftOut }
}

async function readMember(ports: GroupPorts, requester: Requester, player: GroupPlayer): Promise<Member> {
  const target = await targetOf(ports, requester, player)
  if (target === 'bad-steam-id' || target === 'not-linked') return { kind: target }
  try {
    const answer = await ports.libraries.of(target)
    if (answer.kind !== 'library') return { kind: answer.kind === 'empty' ? 'empty-library' : answer.kind }
    return { kind: 'member', steamId: answer.library.steamId, games: answer.library.games }
  } catch (error) {
    if (error instanceof Unavailable && error.party === 'steam') return { kind: 'away', error }
    throw error
  }
}

/** Somebody else's account counts only where they have proven it: nobody is to be shown as the owner of another's games. */
async function targetOf(
  { accounts }: GroupPorts,
  { user }: Requester,
  player: GroupPlayer,
): Promise<SteamTarget | 'bad-steam-id' | 'not-linked'> {
  if (player.kind === 'steam') return player.target ?? 'bad-steam-id'
  const { member } = player
  const link = await accounts.link(member)
  return link && (link.proven || member === user) ? { kind: 'id', id: link.steamId } : 'not-linked'
}

function shownAs(player: GroupPlayer): Inline {
  return player.kind === 'steam' ? player.typed : { member: player.member }
}
