import { NO_EXAMPLES } from '../catalogue/examples.ts'
import { AS_STATED } from '../catalogue/prices.ts'
import { type CommandFormatter, PLAIN } from '../commands/formatter.ts'
import type { PlaceKind } from '../ids.ts'
import { DEFAULT_LOCALE, type Locale } from '../locale.ts'
import type { Problem } from '../problem.ts'
import type { Party } from '../unavailable.ts'
import { exampleOf } from './example.ts'
import type { Strings } from './language.ts'
import { languageIn } from './languages.ts'
import type { Shown } from './shown.ts'

/** `command`: how a command is typed where these words are read. Prices are told as the catalogue states them. */
export function stringsIn(
  locale: Locale = DEFAULT_LOCALE,
  command: CommandFormatter = PLAIN,
  placeKind: PlaceKind = 'server',
): Strings {
  return { ...languageIn(locale).strings, command, placeKind, prices: AS_STATED, examples: NO_EXAMPLES }
}

/** The sentence for a problem. */
export function explainProblem(problem: Problem, strings: Strings): string {
  const explain = strings.problems[problem.kind] as (
    problem: Problem,
    command: CommandFormatter,
    shown: Shown,
  ) => string
  return explain(problem, strings.command, shownIn(strings))
}

/** The sentence where an outside party failed, or we did. */
export function explainFailure(party: Party | 'ours', reference: string, strings: Strings): string {
  return party === 'no-steam-key' ? strings.noSteamKey(shownIn(strings)) : strings.failures[party](reference)
}

function shownIn(strings: Strings): Shown {
  const { examples, placeKind } = strings
  return { example: (wanted) => exampleOf(wanted, strings), examples, placeKind }
}
