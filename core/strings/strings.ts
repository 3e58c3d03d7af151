import { AS_STATED } from '../catalogue/prices.ts'
import { PLAIN, type Spelling } from '../commands/formatter.ts'
import { DEFAULT_LOCALE, type Locale } from '../locale.ts'
import { type ExampleWanted, exampleOf } from '../parsing/example.ts'
import type { Problem } from '../problem.ts'
import type { Party } from '../unavailable.ts'
import { type Examples, NO_EXAMPLES } from '../use-cases/examples.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'
import type { Language, Words } from './language.ts'

/** What can be shown of commands in a sentence, beside how they are typed. */
export type Shown = {
  /** As it can be typed, and works on what is loaded; undefined where nothing does. */
  readonly example: (wanted: ExampleWanted) => string | undefined
  readonly examples: Examples
}
const LANGUAGES: Readonly<Record<Locale, Language>> = { en, ko }

/** `command`: how a command is typed where these words are read. Prices are told as the catalogue states them. */
export function wordsIn(locale: Locale = DEFAULT_LOCALE, command: Spelling = PLAIN): Words {
  return { ...LANGUAGES[locale], command, prices: AS_STATED, examples: NO_EXAMPLES }
}

/** The sentence for a problem. */
export function explainProblem(problem: Problem, words: Words): string {
  const explain = words.problems[problem.kind] as (
    problem: Problem,
    command: Spelling,
    shown: Shown,
  ) => string
  return explain(problem, words.command, shownIn(words))
}

/** The sentence where an outside party failed, or we did. */
export function explainFailure(party: Party | 'ours', reference: string, words: Words): string {
  return party === 'no-steam-key' ? words.noSteamKey(shownIn(words)) : words.failures[party](reference)
}

function shownIn(words: Words): Shown {
  return { example: (wanted) => exampleOf(wanted, words), examples: words.examples }
}
