import type { Action, Opinion } from '../action.ts'
import { PAGE_SIZE } from '../cards/cards.ts'
import { cardAlone, isExplained } from '../cards/game-card.ts'
import type { AskOf } from '../command-request.ts'
import type { GameId } from '../ids.ts'
import { rulesFor, type Within } from '../places/place.ts'
import type { Ports } from '../ports.ts'
import type { StoredAnswer, StoredPick } from '../recommend/answers.ts'
import type { Reply } from '../reply.ts'
import type { Words } from '../strings/language.ts'
import { explainedAside, factsOfShown, saidBy, showPage } from './answering.ts'
import { similarTo } from './similar.ts'
import { why } from './why.ts'

type AboutGame = Extract<Action, { verb: 'card' | 'why' | 'more' | Opinion }>
type Opining = Extract<AboutGame, { verb: Opinion }>

/** A pick of an answer, in front of whoever pressed a button of it. */
type Seen = {
  readonly asker: Within<AskOf<'press'>>
  readonly answer: StoredAnswer
  readonly pick: StoredPick
  readonly words: Words
}

const MORE = 10

/**
 * The buttons of a game. Whoever presses speaks for themselves, since everybody can press under a page that was shared;
 * what is the asker's own, their page and the reasons, stays with them.
 */
export async function aboutGame(
  ports: Ports,
  asker: Within<AskOf<'press'>>,
  action: AboutGame,
  words: Words,
): Promise<Reply> {
  const answer = await ports.answers.find(action.answer)
  const pick = answer?.picks.find(({ game }) => game === action.game)
  if (!answer || !pick) return explainedAside({ kind: 'answer-gone' }, words)
  const seen: Seen = { asker, answer, pick, words }
  switch (action.verb) {
    case 'card':
      return showCard(ports, seen)
    case 'why':
      return isAsker(seen) && isExplained(answer) ? why(ports, pick, words) : notYours(words)
    case 'more':
      return more(ports, seen)
    case 'like':
    case 'played':
    case 'skip':
      return opine(ports, action, seen)
  }
}

async function opine(ports: Ports, action: Opining, seen: Seen): Promise<Reply> {
  const { asker, answer, pick, words } = seen
  if (action.page && !isAsker(seen)) return notYours(words)
  const { user, event } = asker
  const said = { user, game: pick.game, opinion: action.verb, answer: answer.id, event }
  await (action.undo ? ports.opinions.takeBack(said) : ports.opinions.record(said))
  if (!action.page) return { ...(await showCard(ports, seen)), delivery: 'answer' }
  return showPage(ports, answer, pageOf(answer, pick.game), {
    ...{ words, rules: rulesFor(asker), steamId: action.page.steamId },
  })
}

async function showCard(ports: Ports, seen: Seen): Promise<Reply> {
  const { asker, answer, pick, words } = seen
  const game = (await factsOfShown(ports, [pick.game], rulesFor(asker))).get(pick.game)
  if (!game) return explainedAside({ kind: 'answer-gone' }, words)
  const said = (await saidBy(ports, asker.user)).get(pick.game)
  return cardAlone({ answer, words }, game, { isAsker: isAsker(seen), said })
}

/** Beside the page that it came from, not in its place. */
async function more(ports: Ports, { asker, pick, words }: Seen): Promise<Reply> {
  const found = await similarTo(ports, asker, { game: pick.game, count: MORE }, words)
  return { ...found, delivery: 'aside' }
}

function isAsker({ asker, answer }: Seen): boolean {
  return asker.user === answer.user
}

function notYours(words: Words): Reply {
  return explainedAside({ kind: 'not-yours' }, words)
}

function pageOf(answer: StoredAnswer, game: GameId): number {
  return Math.floor(answer.picks.findIndex((pick) => pick.game === game) / PAGE_SIZE)
}
