import { setTimeout as delay } from 'node:timers/promises'
import type { Filter } from '../catalogue/filter.ts'
import type { Rates } from '../catalogue/prices.ts'
import type { RequestOf } from '../command-request.ts'
import type { GameId, UserKey } from '../ids.ts'
import { rulesFor, type WithSettings } from '../places/place.ts'
import type { Accounts } from '../players/accounts.ts'
import type { Libraries } from '../players/library.ts'
import type { About, NotHidden, StoredPick } from '../recommend/answers.ts'
import type { Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { Unavailable } from '../unavailable.ts'
import { type AnsweringPorts, answerWith, explained } from './answering.ts'
import { nothingLeft } from './nothing-left.ts'
import { readFilter } from './read-filter.ts'

export type CuratePorts = AnsweringPorts & {
  readonly accounts: Accounts
  readonly libraries: Libraries
  readonly rates: Rates
}

/** A mark on the games that are owned is worth no longer wait. */
const LIBRARY_WITHIN_MS = 1_500

type Owned = { readonly games: ReadonlySet<GameId>; readonly notKnown: NotHidden | undefined }

const NONE: ReadonlySet<GameId> = new Set()

/** `/curate`: the best games of a genre, tag or category. */
export async function curate(
  ports: CuratePorts,
  request: WithSettings<RequestOf<'curate'>>,
  strings: Strings,
): Promise<Reply> {
  const { filterInput, sort, hideOwned } = request
  const filter = await readFilter(ports, filterInput, rulesFor(request), strings.prices)
  if ('kind' in filter) return explained(filter, strings)
  const owned = await ownedBy(ports, request.user)
  const hidden = hideOwned ? [...owned.games] : []
  const [{ best, unproven }, unknown] = await Promise.all([
    findBest(ports, request, filter, hidden),
    ports.catalogue.undecided(filter),
  ])
  if (best.length === 0) {
    const asked = { filterInput, filter, hidden, ...(!unproven && { sort }) }
    return explained(await nothingLeft(ports.catalogue, asked, strings), strings)
  }
  const picks = best.map(
    (game): StoredPick => ({ game, score: 0, reasons: [], owned: owned.games.has(game) }),
  )
  const notHidden = hideOwned && owned.notKnown !== undefined && { notHidden: owned.notKnown }
  const about: About = { kind: 'curate', labels: filter.genres, sort, unknown, unproven, ...notHidden }
  return answerWith(ports, request, { picks, about }, { strings })
}

/** Where the best received are asked for and nothing is well reviewed, what there is (`unproven`). */
async function findBest(
  { catalogue }: Pick<CuratePorts, 'catalogue'>,
  { sort, count }: RequestOf<'curate'>,
  filter: Filter,
  without: readonly GameId[],
): Promise<{ readonly best: readonly GameId[]; readonly unproven: boolean }> {
  const best = await catalogue.best({ filter, sort, limit: count, without })
  if (best.length > 0 || sort !== 'acclaimed') return { best, unproven: false }
  return { best: await catalogue.best({ filter, sort: undefined, limit: count, without }), unproven: true }
}

/** What the asker's linked account owns, or why that is not known: nobody waits long for Steam, or fails because of it. */
async function ownedBy(
  { accounts, libraries }: Pick<CuratePorts, 'accounts' | 'libraries'>,
  user: UserKey,
): Promise<Owned> {
  const link = await accounts.link(user)
  if (!link) return { games: NONE, notKnown: 'not-linked' }
  const library = libraries.of({ kind: 'id', id: link.steamId }).catch((error: unknown) => {
    if (error instanceof Unavailable) return undefined
    throw error
  })
  const answer = await Promise.race([library, delay(LIBRARY_WITHIN_MS, undefined, { ref: false })])
  if (answer?.kind === 'empty') return { games: NONE, notKnown: undefined }
  if (answer?.kind !== 'library') return { games: NONE, notKnown: 'unread' }
  return { games: new Set(answer.library.games.map(({ game }) => game)), notKnown: undefined }
}
