import type { Translation } from '../language.ts'
import { account } from './account.ts'
import { cards } from './cards.ts'
import { commands } from './commands.ts'
import { digests } from './digests.ts'
import { names } from './names.ts'
import { notices } from './notices.ts'
import { playground } from './playground.ts'
import { problems } from './problems.ts'
import { format } from './text.ts'
import { webPages } from './web-pages.ts'

const strings = {
  format,
  locale: 'ko',
  language: '한국어',
  ...commands,
  ...problems,
  ...cards,
  ...notices,
  ...digests,
  ...account,
  ...webPages,
} satisfies Translation['strings']

export const ko: Translation = { strings, playground, names }
