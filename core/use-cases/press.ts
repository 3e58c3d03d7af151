import type { Action } from '../action.ts'
import type { Asker, AskOf } from '../ask.ts'
import { pageCount, sharedPage } from '../cards.ts'
import { rulesFor, type Within } from '../place.ts'
import type { Ports } from '../ports.ts'
import type { Reply } from '../reply.ts'
import { type Words, wordsIn } from '../words/words.ts'
import { aboutGame } from './about-game.ts'
import { proveByName } from './account.ts'
import { explainedAside, showPage, viewOf } from './answering.ts'
import { forget } from './own-data.ts'

/** A button. */
export async function press(ports: Ports, ask: Within<AskOf<'press'>>, words: Words): Promise<Reply> {
  const { action } = ask
  switch (action.verb) {
    case 'prove':
      return proveByName(ports, ask, words)
    case 'forget':
      return forget(ports, ask, words)
    case 'page':
    case 'share':
      return turnOrShare(ports, action, ask, words)
    case 'card':
    case 'why':
    case 'more':
    case 'like':
    case 'played':
    case 'skip':
      return aboutGame(ports, ask, action, words)
  }
}

type OnPage = Extract<Action, { verb: 'page' | 'share' }>

async function turnOrShare(ports: Ports, action: OnPage, asker: Within<Asker>, words: Words): Promise<Reply> {
  const answer = await ports.answers.find(action.answer)
  if (!answer || action.page >= pageCount(answer)) return explainedAside({ kind: 'answer-gone' }, words)
  if (answer.user !== asker.user) return explainedAside({ kind: 'not-yours' }, words)
  const rules = rulesFor(asker)
  if (action.verb === 'page') {
    await ports.answers.turnedTo(answer.id, action.page)
    return showPage(ports, answer, action.page, { words, rules, steamId: action.steamId })
  }
  return (await ports.answers.claimShare(answer.id))
    ? sharedPage(await viewOf(ports, answer, action.page, { words: publicWords(asker, words), rules }))
    : explainedAside({ kind: 'already-shared' }, words)
}

/** What everybody sees is in the place's language; where none is set, in that of whoever posts it. */
function publicWords({ settings }: Within<Asker>, words: Words): Words {
  return settings.locale === undefined ? words : wordsIn(settings.locale, words.command)
}
