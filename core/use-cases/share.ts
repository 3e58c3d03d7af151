import type { Action, Share } from '../action.ts'
import { note, pageCount, sharedPage } from '../cards/cards.ts'
import type { RequestOf } from '../command-request.ts'
import { rulesFor, type WithSettings } from '../places/place.ts'
import type { StoredAnswer } from '../recommend/answers.ts'
import type { Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { type AnsweringPorts, explainedAside, viewOf } from './answering.ts'
import { publicStrings } from './strings-for.ts'

type Sharing = Extract<Action, { verb: 'share' | 'share-game' }>

/** Posts a page of an answer, or one of its games, for everybody. */
export async function share(
  ports: AnsweringPorts,
  request: WithSettings<RequestOf<'press'>>,
  action: Sharing,
  strings: Strings,
): Promise<Reply> {
  const answer = await ports.answers.find(action.answer)
  const part = answer && partOf(answer, action)
  if (!part) return explainedAside({ kind: 'answer-gone' }, strings)
  if (answer.user !== request.user) return explainedAside({ kind: 'not-yours' }, strings)
  const shownIn = { strings: publicStrings(request.settings, strings), rules: rulesFor(request) }
  const view = await viewOf(ports, part.shown, part.page, shownIn)
  if (view.facts.size === 0) return explainedAside({ kind: 'answer-gone' }, strings)
  const claim = await ports.answers.claimShare(answer.id, part.what)
  const shared = part.what === 'page' ? 'page' : 'game'
  return claim ? sharedPage(view, claim) : explainedAside({ kind: 'already-shared', shared }, strings)
}

type Part = { readonly shown: StoredAnswer; readonly page: number; readonly what: Share['what'] }

/** A game by itself is a page of one. */
function partOf(answer: StoredAnswer, action: Sharing): Part | undefined {
  if (action.verb === 'share')
    return action.page < pageCount(answer) ? { shown: answer, page: action.page, what: 'page' } : undefined
  const picks = answer.picks.filter(({ game }) => game === action.game)
  return picks.length === 0 ? undefined : { shown: { ...answer, picks }, page: 0, what: action.game }
}

/**
 * For whoever shared it. The claim stays until the platform has deleted the post: a claim without a post does no harm, but
 * beside a post without a claim the same could be posted again.
 */
export async function takeBack(
  { answers }: Pick<AnsweringPorts, 'answers'>,
  { user }: RequestOf<'press'>,
  action: Share,
  strings: Strings,
): Promise<Reply> {
  const answer = await answers.find(action.answer)
  if (!answer) return explainedAside({ kind: 'sharer-unknown' }, strings)
  if (answer.user !== user) return explainedAside({ kind: 'not-your-share' }, strings)
  return note('withdrawal', strings.notices.takenBack)
}

/** The post that this action would take back does not stand. */
export async function release({ answers }: Pick<AnsweringPorts, 'answers'>, action: Action): Promise<void> {
  if (action.verb === 'unshare') await answers.releaseShare(action)
}
