import type { PoolClient } from 'pg'
import type { StoreDetails } from '../../../core/steam/store-details.ts'
import type { Saved } from '../../../core/steam/sync/ports.ts'
import { type Db, withClient } from '../../postgres/connect.ts'
import { inTransaction } from '../staging.ts'
import { splitLanguages } from './clean-text.ts'
import { type GameFacts, gameFacts } from './game-facts.ts'
import { mergeGame, STORE } from './merge-games.ts'
import { parseRelease } from './release-date.ts'

type Page = { readonly lease: string; readonly details: StoreDetails; readonly askedAt: Date }

/**
 * Writes what the store says of a game, and that its page was read, both or neither. Nothing where the lease has passed on
 * or a newer page is known.
 */
export function saveStorePage(db: Db, { lease, details, askedAt }: Page): Promise<Saved> {
  return withClient(db, (client) =>
    inTransaction(client, async () => {
      const { rowCount } = await client.query(
        `update warehouse.store_app
         set fetched_at = $2, found = true, priority = null, weight = 0, failures = 0, try_at = null,
           lease = null, leased_until = null
         where lease = $1 and (fetched_at is null or fetched_at < $2)`,
        [lease, askedAt],
      )
      if (rowCount === 0) return 'passed-on'
      const facts = storeFacts(details, await knownLabels(client, details), askedAt)
      if (!facts) return 'same'
      const { added, changed } = await mergeGame(client, facts, STORE)
      if (added > 0) return 'added'
      if (changed > 0) return 'changed'
      await client.query('update warehouse.game set store_at = $2 where appid = $1', [details.game, askedAt])
      return 'same'
    }),
  )
}

type Labels = Pick<GameFacts, 'genres' | 'categories' | 'tags'>

/** What sort of game it is follows from all its labels, also from those of which the store tells nothing. */
async function knownLabels(client: PoolClient, { game }: StoreDetails): Promise<Labels> {
  const { rows } = await client.query<Omit<Labels, 'tags'> & { tags: Record<string, number> }>(
    'select genres, categories, tags from warehouse.game where appid = $1',
    [game],
  )
  const { genres = [], categories = [], tags = {} } = rows[0] ?? {}
  return { genres, categories, tags: Object.entries(tags).map(([name, votes]) => ({ name, votes })) }
}

/** As the files write them. */
const PLATFORMS: ReadonlyMap<string, string> = new Map([
  ['windows', 'Windows'],
  ['mac', 'macOS'],
  ['linux', 'Linux'],
])

/** Undefined where no name is left. Tells no tags, reviews, owners and players of its own: the store's pages hold none. */
function storeFacts(details: StoreDetails, known: Labels, askedAt: Date): GameFacts | undefined {
  const { price } = details
  const facts = gameFacts({
    appid: details.game,
    name: details.name,
    description: details.description,
    type: details.type,
    page: { hasParent: details.parent !== undefined },
    developers: details.developers,
    publishers: details.publishers,
    genres: told(details.genres, known.genres),
    categories: told(details.categories, known.categories),
    tags: known.tags,
    languages: splitLanguages(details.languages),
    platforms: details.platforms.flatMap((name) => PLATFORMS.get(name) ?? []),
    price: price && { ...price, currency: 'USD' },
    release: parseRelease(details.released),
    requiredAge: details.requiredAge,
    website: details.website,
    imageUrl: details.imageUrl,
    statedAt: askedAt,
  })
  return facts && { ...facts, mature: details.adult || facts.mature }
}

function told(labels: readonly string[], known: readonly string[]): readonly string[] {
  return labels.length > 0 ? labels : known
}
