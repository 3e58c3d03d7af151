import { existsSync } from 'node:fs'
import type { Action } from '../../core/action.ts'
import type { AppPorts } from '../../core/app.ts'
import { createApp } from '../../core/app.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Filter } from '../../core/catalogue/filter.ts'
import type { Game } from '../../core/catalogue/game.ts'
import { AS_STATED } from '../../core/catalogue/prices.ts'
import type { CommandRequest, Player } from '../../core/command-request.ts'
import { ANYTHING, type FilterInput } from '../../core/commands/filter-input.ts'
import { PLAIN } from '../../core/commands/formatter.ts'
import type { GameId } from '../../core/ids.ts'
import type { OwnedGame } from '../../core/players/library.ts'
import { readAccount } from '../../core/players/steam-id.ts'
import type { Problem } from '../../core/problem.ts'
import { isNewcomer } from '../../core/recommend/newcomer.ts'
import { recommendFor } from '../../core/recommend/recommend.ts'
import type { Ranked, Scorer } from '../../core/recommend/scorer.ts'
import type { Reply } from '../../core/reply.ts'
import { explainProblem, stringsIn } from '../../core/strings/strings.ts'
import { readFilter } from '../../core/use-cases/read-filter.ts'
import { readLibrary } from '../../core/use-cases/read-library.ts'
import { type Context, openDatabase, openPorts } from '../context/parts.ts'
import { readLibraryFile, readLibraryLines } from '../terminal/library-file.ts'
import { renderTerminal } from '../terminal/render.ts'
import { terminalAsker } from '../terminal/requester.ts'

export type RecommendOptions = {
  readonly count: number
  readonly genre: string | undefined
  readonly maxPrice: number | undefined
  readonly json: boolean
  readonly libraries: string | undefined
  readonly raw: boolean
}

const ASKER = terminalAsker('local')
const RULES = { mature: false, without: [] }

/** `npm run recommend`: cards for people, or one JSON line for each library. */
export async function runRecommend(context: Context, who: string | undefined, options: RecommendOptions) {
  if (options.raw && (options.genre !== undefined || options.maxPrice !== undefined)) {
    throw new Error('--raw prints the model’s own order and takes no --genre and no --max-price')
  }
  if (who === undefined && options.libraries === undefined) {
    throw new Error('name a Steam ID, a library.json, or --libraries <file.jsonl>')
  }
  const player = who === undefined ? undefined : await readPlayer(who)
  const parts = await openPorts(context, await openDatabase(context), () => PLAIN)
  if (options.libraries !== undefined)
    return recommendLines(parts, readLibraryLines(options.libraries), options)
  if (!player) return
  if (!options.json && !options.raw) return recommendCards(parts, player, options)
  const { games } = unlessProblem(await readLibrary(parts, { user: ASKER.user, player }))
  return recommendLines(parts, [games], options)
}

async function readPlayer(who: string): Promise<Player> {
  if (existsSync(who)) return { kind: 'library', games: await readLibraryFile(who) }
  if (who.endsWith('.json')) throw new Error(`there is no file ${who}`)
  return { kind: 'steam', ...readAccount(who) }
}

/** The same door as Discord's and Slack's; further pages by pressing "next", as a player would. */
async function recommendCards(parts: AppPorts, player: Player, options: RecommendOptions): Promise<void> {
  const app = createApp(parts)
  const { count } = options
  const filterInput = wishOf(options)
  let request: CommandRequest | undefined = {
    ...ASKER,
    kind: 'recommend',
    player,
    filterInput,
    discovery: 'balanced',
    count,
  }
  while (request) {
    const reply = await app.handle(request)
    if (!reply.blocks.some((block) => block.kind === 'game')) throw new Error(reply.summary)
    process.stdout.write(renderTerminal({ ...reply, buttons: [] }))
    const next = nextPage(reply)
    request = next && { ...ASKER, kind: 'press', action: next }
  }
}

function wishOf({ genre, maxPrice }: RecommendOptions): FilterInput {
  return { ...ANYTHING, genres: genre === undefined ? [] : [genre], maxPrice }
}

function nextPage({ buttons }: Reply): Action | undefined {
  const [shown] = buttons.flatMap(({ action }) => (action.verb === 'share' ? [action.page] : []))
  const live = buttons.filter(({ disabled }) => !disabled).map(({ action }) => action)
  return live.find((action) => action.verb === 'page' && action.page > (shown ?? action.page))
}

/** In JSON mode a problem is no answer: it ends the command, with the sentence that a player would read. */
function unlessProblem<T extends object>(result: T | Problem): T {
  if ('kind' in result) throw new Error(explainProblem(result as Problem, stringsIn(ASKER.locale)))
  return result
}

type LibrariesToScore = AsyncIterable<readonly OwnedGame[]> | Iterable<readonly OwnedGame[]>

async function recommendLines(
  { catalogue, scorer, now }: AppPorts,
  libraries: LibrariesToScore,
  options: RecommendOptions,
): Promise<void> {
  const filter = unlessProblem(await readFilter({ catalogue, now }, wishOf(options), RULES, AS_STATED))
  const rank = options.raw ? rankRaw : rankWithRules
  for await (const games of libraries) {
    const { picks, facts } = await rank({ catalogue, scorer }, games, filter, options.count)
    const names = new Map(games.map((owned) => [owned.game, owned.name]))
    const name = (game: GameId) => facts.get(game)?.name ?? names.get(game) ?? null
    process.stdout.write(`${JSON.stringify({ picks: picks.map((pick) => line(pick, name)) })}\n`)
  }
}

type Rank = (
  ports: { readonly catalogue: Catalogue; readonly scorer: Scorer },
  games: readonly OwnedGame[],
  filter: Filter,
  count: number,
) => Promise<{ readonly picks: readonly Ranked[]; readonly facts: ReadonlyMap<GameId, Game> }>

const rankWithRules: Rank = (ports, owned, filter, count) => recommendFor(ports, { owned, filter, count })

/**
 * For measurement: the model's final order of the indie games that its players know and the library does not hold, without
 * rules, diversity or a place for a new game.
 */
const rankRaw: Rank = async ({ catalogue, scorer }, games, _filter, count) => {
  const picks = await rankKnown(scorer, games, await catalogue.indie(), count)
  const named = picks.flatMap((pick) => [pick.game, ...pick.reasons.map((reason) => reason.game)])
  return { picks, facts: await catalogue.facts(named) }
}

/** New games stand between the others, so as many more are asked for as it takes. */
async function rankKnown(
  scorer: Scorer,
  games: readonly OwnedGame[],
  allowed: readonly GameId[],
  count: number,
): Promise<Ranked[]> {
  for (let limit = count; ; limit *= 2) {
    const picks = await scorer.rank(games, allowed, limit)
    const known = picks.filter((pick) => !isNewcomer(pick))
    if (known.length >= count || picks.length < limit) return known.slice(0, count)
  }
}

function line(pick: Ranked, name: (game: GameId) => string | null) {
  return {
    appid: pick.game,
    name: name(pick.game),
    score: pick.score,
    reasons: pick.reasons.map(({ game, share }) => ({ appid: game, name: name(game), share })),
  }
}
