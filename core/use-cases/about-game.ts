import type { Action, Opinion } from '../action.ts'
import { PAGE_SIZE } from '../cards/cards.ts'
import { cardAlone, isExplained } from '../cards/game-card.ts'
import type { RequestOf } from '../command-request.ts'
import type { GameId } from '../ids.ts'
import { rulesFor, type WithSettings } from '../places/place.ts'
import type { StoredAnswer, StoredPick } from '../recommend/answers.ts'
import type { Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { explainedAside, factsOfShown, saidBy, showPage } from './answering.ts'
import { type SimilarPorts, similarTo } from './similar.ts'
import { why } from './why.ts'

type AboutGame = Extract<Action, { verb: 'card' | 'why' | 'more' | Opinion }>
type Opining = Extract<AboutGame, { verb: Opinion }>

/** A pick of an answer, in front of whoever pressed a button of it. */
type Seen = {
  readonly requester: WithSettings<RequestOf<'press'>>
  readonly answer: StoredAnswer
  readonly pick: StoredPick
  readonly strings: Strings
}

const MORE = 10

/**
 * The buttons of a game. Whoever presses speaks for themselves, since everybody can press under a page that was shared;
 * what is the asker's own, their page and the reasons, stays with them.
 */
export async function aboutGame(
  ports: SimilarPorts,
  requester: WithSettings<RequestOf<'press'>>,
  action: AboutGame,
  strings: Strings,
): Promise<Reply> {
  const answer = await ports.answers.find(action.answer)
  const pick = answer?.picks.find(({ game }) => game === action.game)
  if (!answer || !pick) return explainedAside({ kind: 'answer-gone' }, strings)
  const seen: Seen = { requester, answer, pick, strings }
  switch (action.verb) {
    case 'card':
      return showCard(ports, seen)
    case 'why':
      return isAsker(seen) && isExplained(answer) ? why(ports, pick, strings) : notYours(strings)
    case 'more':
      return more(ports, seen)
    case 'like':
    case 'played':
    case 'skip':
      return opine(ports, action, seen)
  }
}

async function opine(ports: SimilarPorts, action: Opining, seen: Seen): Promise<Reply> {
  const { requester, answer, pick, strings } = seen
  if (action.page && !isAsker(seen)) return notYours(strings)
  const { user, event } = requester
  const said = { user, game: pick.game, opinion: action.verb, answer: answer.id, event }
  await (action.undo ? ports.opinions.takeBack(said) : ports.opinions.record(said))
  if (!action.page) return { ...(await showCard(ports, seen)), delivery: 'answer' }
  return showPage(ports, answer, pageOf(answer, pick.game), {
    ...{ strings, rules: rulesFor(requester), steamId: action.page.steamId },
  })
}

async function showCard(ports: SimilarPorts, seen: Seen): Promise<Reply> {
  const { requester, answer, pick, strings } = seen
  const game = (await factsOfShown(ports, [pick.game], rulesFor(requester))).get(pick.game)
  if (!game) return explainedAside({ kind: 'answer-gone' }, strings)
  const said = (await saidBy(ports, requester.user)).get(pick.game)
  return cardAlone({ answer, strings }, game, { isAsker: isAsker(seen), said })
}

/** Beside the page that it came from, not in its place. */
async function more(ports: SimilarPorts, { requester, pick, strings }: Seen): Promise<Reply> {
  const found = await similarTo(ports, requester, { game: pick.game, count: MORE }, strings)
  return { ...found, delivery: 'aside' }
}

function isAsker({ requester, answer }: Seen): boolean {
  return requester.user === answer.user
}

function notYours(strings: Strings): Reply {
  return explainedAside({ kind: 'not-yours' }, strings)
}

function pageOf(answer: StoredAnswer, game: GameId): number {
  return Math.floor(answer.picks.findIndex((pick) => pick.game === game) / PAGE_SIZE)
}
