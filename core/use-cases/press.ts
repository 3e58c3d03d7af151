import type { Action } from '../action.ts'
import { pageCount } from '../cards/cards.ts'
import type { Asker, AskOf } from '../command-request.ts'
import { DEFAULT_COUNT } from '../commands/catalogue.ts'
import { rulesFor, type Within } from '../places/place.ts'
import type { Ports } from '../ports.ts'
import type { Reply } from '../reply.ts'
import type { Words } from '../strings/language.ts'
import { aboutGame } from './about-game.ts'
import { proveByName } from './account.ts'
import { explainedAside, showPage } from './answering.ts'
import { forget } from './own-data.ts'
import { share, takeBack } from './share.ts'
import { similarTo } from './similar.ts'

/** A button. */
export async function press(ports: Ports, ask: Within<AskOf<'press'>>, words: Words): Promise<Reply> {
  const { action } = ask
  switch (action.verb) {
    case 'prove':
      return proveByName(ports, ask, words)
    case 'forget':
      return forget(ports, ask, words)
    case 'similar':
      return similarTo(ports, ask, { game: action.game, count: DEFAULT_COUNT }, words)
    case 'page':
      return turn(ports, action, ask, words)
    case 'share':
    case 'share-game':
      return share(ports, ask, action, words)
    case 'unshare':
      return takeBack(ports, ask, action, words)
    case 'card':
    case 'why':
    case 'more':
    case 'like':
    case 'played':
    case 'skip':
      return aboutGame(ports, ask, action, words)
  }
}

async function turn(
  ports: Ports,
  action: Extract<Action, { verb: 'page' }>,
  asker: Within<Asker>,
  words: Words,
): Promise<Reply> {
  const answer = await ports.answers.find(action.answer)
  if (!answer || action.page >= pageCount(answer)) return explainedAside({ kind: 'answer-gone' }, words)
  if (answer.user !== asker.user) return explainedAside({ kind: 'not-yours' }, words)
  await ports.answers.turnedTo(answer.id, action.page)
  return showPage(ports, answer, action.page, { words, rules: rulesFor(asker), steamId: action.steamId })
}
