import type { Action } from '../action.ts'
import { pageCount } from '../cards/cards.ts'
import type { Requester, RequestOf } from '../command-request.ts'
import { DEFAULT_COUNT } from '../commands/catalogue.ts'
import { rulesFor, type WithSettings } from '../places/place.ts'
import type { Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { aboutGame } from './about-game.ts'
import { type ProvingPorts, proveByName } from './account/link.ts'
import { type ForgetPorts, forget } from './account/own-data.ts'
import { type AnsweringPorts, explainedAside, showPage } from './answering.ts'
import { share, takeBack } from './share.ts'
import { type SimilarPorts, similarTo } from './similar.ts'

export type PressPorts = ForgetPorts & ProvingPorts & SimilarPorts

/** A button. */
export async function press(
  ports: PressPorts,
  request: WithSettings<RequestOf<'press'>>,
  strings: Strings,
): Promise<Reply> {
  const { action } = request
  switch (action.verb) {
    case 'prove':
      return proveByName(ports, request, strings)
    case 'forget':
      return forget(ports, request, strings)
    case 'similar':
      return similarTo(ports, request, { game: action.game, count: DEFAULT_COUNT }, strings)
    case 'page':
      return turn(ports, action, request, strings)
    case 'share':
    case 'share-game':
      return share(ports, request, action, strings)
    case 'unshare':
      return takeBack(ports, request, action, strings)
    case 'card':
    case 'why':
    case 'more':
    case 'like':
    case 'played':
    case 'skip':
      return aboutGame(ports, request, action, strings)
  }
}

async function turn(
  ports: AnsweringPorts,
  action: Extract<Action, { verb: 'page' }>,
  requester: WithSettings<Requester>,
  strings: Strings,
): Promise<Reply> {
  const answer = await ports.answers.find(action.answer)
  if (!answer || action.page >= pageCount(answer)) return explainedAside({ kind: 'answer-gone' }, strings)
  if (answer.user !== requester.user) return explainedAside({ kind: 'not-yours' }, strings)
  await ports.answers.turnedTo(answer.id, action.page)
  return showPage(ports, answer, action.page, {
    strings,
    rules: rulesFor(requester),
    steamId: action.steamId,
  })
}
