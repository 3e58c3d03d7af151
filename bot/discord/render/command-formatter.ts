import { type CommandFormatter, withOptions } from '../../../core/commands/formatter.ts'
import type { Locale } from '../../../core/locale.ts'
import { commandNameIn, optionNameIn } from '../../../core/strings/names.ts'

/** Writes `/recommend like:Hades`, or `/추천 좋아하는_게임:Hades`, as Discord lists commands in that language. */
export function discordFormatter(locale: Locale = 'en'): CommandFormatter {
  return (name, given) =>
    withOptions(`/${commandNameIn(locale, name)}`, given, (option) => `${optionNameIn(locale, option)}:`)
}
