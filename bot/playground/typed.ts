import { COMMANDS, findCommand } from '../../core/commands/catalogue.ts'
import { findGroup } from '../../core/commands/groups.ts'
import { LOCALES } from '../../core/locale.ts'
import { commandNameIn, optionNameIn } from '../../core/strings/names.ts'
import { parseLine, unwrapped } from '../platform/command-line.ts'
import type { Typed } from '../platform/playground-side.ts'

/** `/recommend genre:Puzzle`, also in Korean; and a Steam ID alone is one of whom something is to be recommended. */
export function readTyped(line: string): Typed {
  const text = line.trim()
  const { name, rest } = split(text.replace(/^\//, '').trimStart())
  const named = nameOf(name, rest)
  if (!named && !text.startsWith('/')) return typedAs('recommend', text)
  return named ? typedAs(named.name, named.rest) : typedAs(name, rest)
}

function typedAs(name: string, text: string): Typed {
  const rest = inEnglish(text)
  const spec = findCommand(name)
  const values = spec ? parseLine(rest, spec) : {}
  return {
    name,
    rest,
    values: Object.fromEntries(Object.entries(values).map(([key, one]) => [key, String(one)])),
  }
}

function split(text: string) {
  const [, name = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? []
  return { name: name.toLowerCase(), rest }
}

/** A command of one word or two, by its name in any language, or a group of them. */
function nameOf(first: string, rest: string): { readonly name: string; readonly rest: string } | undefined {
  const inner = unwrapped({ name: first, text: rest })
  if (findCommand(inner.name)) return { name: inner.name, rest: inner.text }
  const { name: second, rest: others } = split(rest)
  for (const { name } of COMMANDS) {
    for (const locale of LOCALES) {
      const spelt = commandNameIn(locale, name)
      if (spelt === `${first} ${second}`) return { name, rest: others }
      if (spelt === first) return { name, rest }
    }
  }
  return findGroup(first) ? { name: first, rest } : undefined
}

const OPTION_NAMES: ReadonlyMap<string, string> = new Map(
  COMMANDS.flatMap(({ options }) =>
    options.flatMap(({ name }) => LOCALES.map((locale) => [optionNameIn(locale, name), name] as const)),
  ),
)

/** Option names of another language, which only some platforms show. */
function inEnglish(text: string): string {
  return text.replace(/(?<=^|\s)([\p{L}\p{N}_]+):/gu, (whole, name: string) =>
    OPTION_NAMES.has(name) ? `${OPTION_NAMES.get(name)}:` : whole,
  )
}
