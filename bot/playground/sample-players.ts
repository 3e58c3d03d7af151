import { gameId } from '../../core/ids.ts'
import type { OwnedGame } from '../../core/library.ts'
import type { Catalogue } from '../../core/ports.ts'
import type { SampleName } from '../../core/words/page.ts'
import { readVocabulary, versionFolder, versions } from '../../inference/model-files.ts'

/** Libraries that nobody owns: of what the model knows, the games of a taste that most players have. */

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
  readonly catalogue: Pick<Catalogue, 'facts'>
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
    if (version === undefined) return []
    if (known.version !== version) known = { version, players: await chooseAll(modelDir, version, catalogue) }
    return known.players.get(name) ?? []
  }
}

async function chooseAll(modelDir: string, version: number, catalogue: Pick<Catalogue, 'facts'>) {
  const { games, owners } = await readVocabulary(versionFolder(modelDir, version))
  const most = games
    .map((appid, row) => ({ appid, owners: owners?.[row] ?? 0 }))
    .toSorted((a, b) => b.owners - a.owners || a.appid - b.appid)
    .slice(0, LOOKED_AT)
  const facts = await catalogue.facts(most.map(({ appid }) => gameId(appid)))
  const known = most
    .flatMap(({ appid }) => facts.get(gameId(appid)) ?? [])
    .filter(({ mature }) => mature !== true)
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
