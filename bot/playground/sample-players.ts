import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { NO_FILTER } from '../../core/catalogue/filter.ts'
import { type GameId, gameId } from '../../core/ids.ts'
import type { OwnedGame } from '../../core/players/library.ts'
import type { SampleName } from '../../core/strings/page.ts'
import { readVocabulary, versionFolder, versions } from '../../inference/model/model-files.ts'

/** Libraries that nobody owns: of what the model knows, the games of a taste that most players have; the best without a model. */

const TASTES: Readonly<Record<SampleName, readonly string[]>> = {
  strategy: ['Strategy', 'Turn-Based Strategy', 'Tower Defense', 'RTS', 'Grand Strategy'],
  horror: ['Horror', 'Psychological Horror', 'Survival Horror'],
  novels: ['Visual Novel', 'Romance', 'Dating Sim', 'Otome'],
  platforms: ['Platformer', '2D Platformer', 'Precision Platformer', 'Metroidvania'],
  cards: ['Card Game', 'Card Battler', 'Deckbuilding', 'Trading Card Game'],
}

const GAMES = 24
/** Whoever looks further finds games that hardly anybody has. */
const LOOKED_AT = 4_000

export type SamplePlayers = (name: SampleName) => Promise<readonly OwnedGame[]>

/** Chosen anew for each version of the model; always the same for one. */
export function createSamplePlayers({
  modelDir,
  catalogue,
}: {
  readonly modelDir: string
  readonly catalogue: Pick<Catalogue, 'facts' | 'best'>
}): SamplePlayers {
  let known: {
    readonly version: number | undefined
    readonly players: Map<SampleName, readonly OwnedGame[]>
  } = {
    version: undefined,
    players: new Map(),
  }
  return async (name) => {
    const version = (await versions(modelDir)).at(-1)
    // Without a model an import may change what there is.
    if (version === undefined) return (await chooseAll(await knownBest(catalogue), catalogue)).get(name) ?? []
    if (known.version !== version)
      known = { version, players: await chooseAll(await knownTo(modelDir, version), catalogue) }
    return known.players.get(name) ?? []
  }
}

/** Those that most players have, first. */
async function knownTo(modelDir: string, version: number): Promise<readonly GameId[]> {
  const { games, owners } = await readVocabulary(versionFolder(modelDir, version))
  return games
    .map((appid, row) => ({ appid, owners: owners?.[row] ?? 0 }))
    .toSorted((a, b) => b.owners - a.owners || a.appid - b.appid)
    .slice(0, LOOKED_AT)
    .map(({ appid }) => gameId(appid))
}

async function knownBest(catalogue: Pick<Catalogue, 'best'>): Promise<readonly GameId[]> {
  return catalogue.best({ filter: NO_FILTER, sort: undefined, limit: LOOKED_AT, without: [] })
}

async function chooseAll(most: readonly GameId[], catalogue: Pick<Catalogue, 'facts'>) {
  const facts = await catalogue.facts(most)
  const known = most.flatMap((game) => facts.get(game) ?? []).filter(({ mature }) => mature !== true)
  const tastes = Object.entries(TASTES) as [SampleName, readonly string[]][]
  return new Map(tastes.map(([name, tags]) => [name, choose(known, new Set(tags))]))
}

type Known = { readonly id: OwnedGame['game']; readonly name: string; readonly tags: readonly string[] }

/** Two tags of a taste are told from one that a game has by chance; then whatever comes first. */
function choose(games: readonly Known[], wanted: ReadonlySet<string>): OwnedGame[] {
  const certainty = ({ tags }: Known) => Math.min(2, tags.filter((tag) => wanted.has(tag)).length)
  return games
    .filter((game) => certainty(game) > 0)
    .toSorted((a, b) => certainty(b) - certainty(a))
    .slice(0, GAMES)
    .map(({ id, name }, at) => ({ game: id, name, minutes: 3_000 - at * 100 }))
    .toSorted((a, b) => a.game - b.game)
}
