import type { Examples } from '../../../core/catalogue/examples.ts'
import type { CommandFormatter } from '../../../core/commands/formatter.ts'
import type { PlaceKind } from '../../../core/ids.ts'
import type { Locale } from '../../../core/locale.ts'
import type { Strings } from '../../../core/strings/language.ts'
import { stringsIn } from '../../../core/strings/strings.ts'

/** Of a catalogue that holds games of every kind. */
export const EXAMPLES: Examples = {
  games: ['Hades', 'Celeste'],
  labels: ['Roguelike', 'Puzzle', 'Horror'],
  values: {
    sort: 'hidden-gems',
    platform: 'windows',
    language: 'English',
    min_reviews: '100',
    min_positive: '90',
  },
  priceCents: 1_000,
  hasSteam: true,
}

/** Words with examples of that catalogue. */
export function wordsWithExamples(
  locale?: Locale,
  command?: CommandFormatter,
  placeKind?: PlaceKind,
): Strings {
  return { ...stringsIn(locale, command, placeKind), examples: EXAMPLES }
}
