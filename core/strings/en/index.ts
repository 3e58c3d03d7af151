import type { Language, Translation } from '../language.ts'
import { account } from './account.ts'
import { cards } from './cards.ts'
import { commands } from './commands.ts'
import { digests } from './digests.ts'
import { notices } from './notices.ts'
import { playground } from './playground.ts'
import { problems } from './problems.ts'
import { format } from './text.ts'
import { webPages } from './web-pages.ts'

const strings: Language = {
  format,
  locale: 'en',
  language: 'English',
  ...commands,
  ...problems,
  ...cards,
  ...notices,
  ...digests,
  ...account,
  ...webPages,
}

export const en = { strings, playground } satisfies Translation
