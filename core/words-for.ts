import type { Speaker } from './ask.ts'
import { spellingFor } from './commands/spelling.ts'
import type { PlaceSettings } from './place.ts'
import type { Ports } from './ports.ts'
import { Unavailable } from './unavailable.ts'
import { type Words, wordsIn } from './words/words.ts'

/** In the language that somebody chose, else their platform's word for it, else the place's, else English. */
export async function wordsFor(
  { accounts }: Pick<Ports, 'accounts'>,
  { user, locale }: Speaker,
  settings: PlaceSettings | Promise<PlaceSettings>,
): Promise<Words> {
  const [chosen, place] = await Promise.all([unlessAway(accounts.locale(user)), unlessAway(settings)])
  return wordsIn(chosen ?? locale ?? place?.locale, spellingFor(user))
}

/** A language is no reason to give no answer: without the database the platform's word counts. */
async function unlessAway<T>(read: T | Promise<T>): Promise<T | undefined> {
  try {
    return await read
  } catch (error) {
    if (error instanceof Unavailable) return undefined
    throw error
  }
}
