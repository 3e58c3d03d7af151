import { randomBytes } from 'node:crypto'
import type { Opinion } from '../action.ts'
import { note, picksOnPage, privatePage } from '../cards/cards.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Game } from '../catalogue/game.ts'
import type { Requester } from '../command-request.ts'
import { type AnswerId, type GameId, isDigestOwner, type SteamId } from '../ids.ts'
import { allows, type PlaceRules, rulesFor, type WithSettings } from '../places/place.ts'
import type { OwnedGame } from '../players/library.ts'
import type { Opinions } from '../players/opinions.ts'
import type { Problem } from '../problem.ts'
import type { Answers, NamedReason, StoredAnswer, StoredPick } from '../recommend/answers.ts'
import { isNewcomer } from '../recommend/newcomer.ts'
import type { Recommended } from '../recommend/recommend.ts'
import type { Reason } from '../recommend/scorer.ts'
import type { Block, Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { explainProblem } from '../strings/strings.ts'

export type PagePorts = {
  readonly catalogue: Catalogue
  readonly opinions: Opinions
  readonly now: () => Date
}

/** What was read to make an answer, and need not be read again to show its first page. */
export type AlreadyRead = {
  /** Of the picks, all of which may be shown. */
  readonly facts: ReadonlyMap<GameId, Game>
  /** What whoever asked said of games. */
  readonly said: ReadonlyMap<GameId, Opinion>
}

export type AnsweringPorts = PagePorts & { readonly answers: Answers }

/** Stores an answer, so that its buttons go on working, and shows its first page. */
export async function answerWith(
  ports: AnsweringPorts,
  requester: WithSettings<Requester>,
  answer: Omit<StoredAnswer, 'id' | 'user'>,
  shown: { readonly strings: Strings; readonly steamId?: SteamId | undefined; readonly read?: AlreadyRead },
): Promise<Reply> {
  const id = randomBytes(9).toString('base64url') as AnswerId
  const stored: StoredAnswer = { ...answer, id, user: requester.user }
  await ports.answers.save(stored)
  return showPage(ports, stored, 0, { ...shown, rules: rulesFor(requester) })
}

type Shown = { readonly strings: Strings; readonly rules: PlaceRules; readonly read?: AlreadyRead }

/** Facts are read anew for each page, so that a price on page two is today's. */
export async function showPage(
  ports: PagePorts,
  answer: StoredAnswer,
  page: number,
  shown: Shown & { readonly steamId?: SteamId | undefined },
): Promise<Reply> {
  return privatePage(await viewOf(ports, answer, page, shown), shown.steamId)
}

export async function viewOf(
  ports: PagePorts,
  answer: StoredAnswer,
  page: number,
  { strings, rules, read }: Shown,
) {
  const games = picksOnPage(answer, page).map((pick) => pick.game)
  const [facts, said] = read
    ? [read.facts, read.said]
    : await Promise.all([factsOfShown(ports, games, rules), saidBy(ports, answer.user)])
  return { answer, page, facts, said, strings, now: ports.now() }
}

/** Of those that may be shown: a place may have blocked a game since it was picked. */
export async function factsOfShown(
  { catalogue }: Pick<PagePorts, 'catalogue'>,
  games: readonly GameId[],
  rules: PlaceRules,
): Promise<ReadonlyMap<GameId, Game>> {
  const facts = await catalogue.facts(games)
  return new Map([...facts].filter(([, game]) => allows(rules, game)))
}

export async function saidBy(
  { opinions }: Pick<PagePorts, 'opinions'>,
  user: StoredAnswer['user'],
): Promise<ReadonlyMap<GameId, Opinion>> {
  const said = isDigestOwner(user) ? [] : await opinions.of(user)
  return new Map(said.map(({ game, opinion }) => [game, opinion]))
}

/**
 * Picks with their reasons by name: the catalogue's name, else the library's. What is neither owned nor liked is no
 * reason to tell, nor is what has no name.
 */
export function namedPicks(
  found: Recommended,
  owned: readonly OwnedGame[],
  liked: readonly GameId[] = [],
): StoredPick[] {
  const names = new Map<GameId, string | undefined>(owned.map((entry) => [entry.game, entry.name]))
  const named = (reason: Reason): NamedReason[] => {
    const likes = liked.includes(reason.game)
    const name = found.facts.get(reason.game)?.name ?? names.get(reason.game)
    if (name === undefined || !(likes || names.has(reason.game))) return []
    return [{ ...reason, name, ...(likes && { liked: true }) }]
  }
  return found.picks.map(({ game, score, reasons, owners }) => ({
    ...{ game, score, owned: false },
    ...(isNewcomer({ owners }) && { isNew: true }),
    reasons: reasons.flatMap(named),
  }))
}

/** With sentences above the games, this once: a page that is turned goes without. */
export function withNotes(reply: Reply, ...sentences: readonly string[]): Reply {
  if (sentences.length === 0) return reply
  const note: Block = { kind: 'text', text: [sentences.join(' ')] }
  const first = reply.blocks.findIndex(({ kind }) => kind !== 'text')
  return { ...reply, blocks: reply.blocks.toSpliced(first < 0 ? reply.blocks.length : first, 0, note) }
}

export function explained(problem: Problem, strings: Strings): Reply {
  return note('answer', explainProblem(problem, strings))
}

export function explainedAside(problem: Problem, strings: Strings): Reply {
  return note('aside', explainProblem(problem, strings))
}
