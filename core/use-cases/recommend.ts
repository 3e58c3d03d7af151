import type { AskOf } from '../ask.ts'
import { readHeard } from '../heard.ts'
import type { Ports } from '../ports.ts'
import { readFilter } from '../read-filter.ts'
import { readLibrary } from '../read-library.ts'
import { recommendFor } from '../recommend.ts'
import type { Reply } from '../reply.ts'
import type { Words } from '../words/words.ts'
import { answerWith, explained, namedPicks } from './answering.ts'
import { nothingLeft } from './nothing-left.ts'

/** `/recommend`: picks for a library. */
export async function recommend(ports: Ports, ask: AskOf<'recommend'>, words: Words): Promise<Reply> {
  const filter = await readFilter(ports, ask.wish, ask.matureAllowed)
  if ('kind' in filter) return explained(filter, words)
  const read = await readLibrary(ports, ask)
  if ('kind' in read) return explained(read, words)
  const heard = await readHeard(ports, ask.user)
  const { count, discovery } = ask
  const found = await recommendFor(ports, { owned: read.games, filter, count, discovery, heard })
  if (found.picks.length === 0) return explained(nothingLeft(ask.wish, words), words)
  const liked = read.likedNames === undefined ? [] : read.games.map((named) => named.game)
  const picks = namedPicks(found, read.games, [...liked, ...heard.liked])
  const { source } = found
  const about =
    read.likedNames === undefined
      ? {
          ...{ kind: 'recommend' as const, gamesRead: read.games.length, source },
          playtimeHidden: read.games.every((owned) => owned.minutes === 0),
          staleSince: read.staleSince?.toISOString(),
        }
      : { kind: 'liked' as const, names: read.likedNames, source }
  return answerWith(ports, ask, { picks, about }, { words, steamId: read.steamId })
}
