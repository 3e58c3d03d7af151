import type { AskOf } from '../ask.ts'
import { note } from '../cards.ts'
import type { Ports } from '../ports.ts'
import type { Reply } from '../reply.ts'
import { type Words, wordsIn } from '../words/words.ts'

/** `/settings`: shows the language of the answers, or sets it. */
export async function settings(
  { accounts }: Pick<Ports, 'accounts'>,
  { user, language }: AskOf<'settings'>,
  words: Words,
): Promise<Reply> {
  if (language === undefined) {
    return note('answer', words.settings.shown(words.language, words.command))
  }
  await accounts.setLocale(user, language)
  const chosen = wordsIn(language)
  return note('answer', chosen.settings.saved(chosen.language))
}
