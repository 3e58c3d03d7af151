import { normalizeName } from '../../core/catalogue/normalize-name.ts'
import { COMMANDS, findCommand } from '../../core/commands/catalogue.ts'
import type { Command } from '../../core/commands/groups.ts'
import type { OptionSpec } from '../../core/commands/spec.ts'
import type { Locale } from '../../core/locale.ts'
import { choiceName, descriptionOf, optionDescription } from '../../core/strings/command-strings.ts'
import { commandNameIn, optionNameIn } from '../../core/strings/names.ts'
import { stringsIn } from '../../core/strings/strings.ts'
import type { Completion, Typed } from '../platform/playground-side.ts'
import { readTyped } from './typed.ts'

/** One way to go on. */
export type Proposal = {
  readonly label: string
  readonly detail: string
  /** The whole line, with this taken. */
  readonly line: string
}

/** What Discord offers for an option that it completes. */
export type Ask = (typed: Typed, option: string) => Promise<readonly Completion[]>

const MOST = 25

/** What can follow the line as it stands: commands, then options, then what an option takes. Never throws. */
export async function complete(line: string, locale: Locale, ask: Ask): Promise<readonly Proposal[]> {
  const text = line.trimStart()
  const typed = readTyped(text)
  const named = /\s/.test(text) && findCommand(typed.name)
  if (!named) return commandsLike(text, locale)
  const open = OPEN_OPTION.exec(text)
  const spec = named.options.find((one: OptionSpec) => isCalled(one.name, open?.groups?.name, locale))
  const last = /(\S*)$/.exec(text)?.[1] ?? ''
  const options = optionsLike(text.slice(0, text.length - last.length), last, typed, locale)
  if (!open || !spec) return [...options, ...(await bareValues(named, text, { typed, locale, ask }))]
  const { name = '', quoted, word = '' } = open.groups ?? {}
  const before = `${text.slice(0, open.index)}${name}:`
  const start = quoted ?? word.trimStart()
  const values = await valuesFor(start, {
    typed,
    spec,
    locale,
    ask,
    lineOf: (value) => `${before}${quotedAsNeeded(value)} `,
  })
  return quoted === undefined && /\s/.test(start) ? [...options, ...values.filter(goingOn(start))] : values
}

/** An option's value that is still being typed, with spaces or without; a quoted one until its quote is closed. */
const OPEN_OPTION = /(?<=\s)(?<name>[\p{L}_]+):(?:"(?<quoted>[^"]*)|(?<word>[^":]*))$/u

/** Words behind a value may also begin another option: the value goes on only as it was begun. */
function goingOn(start: string): (proposal: Proposal) => boolean {
  return ({ line }) => normalizeName(line.slice(line.lastIndexOf(':') + 1)).startsWith(normalizeName(start))
}

/** For the option that needs no name, where nothing else is being typed. */
async function bareValues(
  command: Command,
  text: string,
  asked: Pick<Filling, 'typed' | 'locale' | 'ask'>,
): Promise<Proposal[]> {
  const spec = command.options.find(({ name }): boolean => name === command.bare)
  const start = text.replace(/^\/?\s*\S+\s+/, '')
  if (spec === undefined || !('suggests' in spec) || start === '' || start.includes(':')) return []
  const before = text.slice(0, text.length - start.length)
  return valuesFor(start.trim(), { ...asked, spec, lineOf: (value) => `${before}${value} ` })
}

function commandsLike(text: string, locale: Locale): Proposal[] {
  const start = text.replace(/^\//, '').toLowerCase()
  const strings = stringsIn(locale)
  return COMMANDS.map(({ name }) => ({ name, spelt: commandNameIn(locale, name) }))
    .filter(({ name, spelt }) => name.startsWith(start) || spelt.startsWith(start))
    .slice(0, MOST)
    .map(({ name, spelt }) => ({
      label: `/${spelt}`,
      detail: descriptionOf(strings, name),
      line: `/${spelt} `,
    }))
}

function optionsLike(before: string, start: string, { name, values }: Typed, locale: Locale): Proposal[] {
  const command = findCommand(name)
  if (!command) return []
  const specs: readonly OptionSpec[] = command.options
  return specs
    .filter((spec) => values[spec.name] === undefined || values[spec.name] === start)
    .map((spec) => ({ spec, spelt: optionNameIn(locale, spec.name) }))
    .filter(({ spec, spelt }) => [spec.name, spelt].some((one) => one.startsWith(start.toLowerCase())))
    .map(({ spec, spelt }) => ({
      label: `${spelt}:`,
      detail: optionDescription(stringsIn(locale), command.name, spec.name),
      line: `${before}${spelt}:`,
    }))
}

type Filling = {
  readonly typed: Typed
  readonly spec: OptionSpec
  readonly locale: Locale
  readonly ask: Ask
  /** The whole line with a value taken. */
  readonly lineOf: (value: string) => string
}

async function valuesFor(start: string, { typed, spec, locale, ask, lineOf }: Filling): Promise<Proposal[]> {
  const asked = { ...typed, values: { ...typed.values, [spec.name]: start } }
  const choices = await choicesOf(spec, asked, locale, ask)
  return choices
    .filter((choice) => spec.suggests !== undefined || startsWith(choice, start))
    .slice(0, MOST)
    .map(({ name, value }) => ({ label: name, detail: '', line: lineOf(value) }))
}

async function choicesOf(
  spec: OptionSpec,
  typed: Typed,
  locale: Locale,
  ask: Ask,
): Promise<readonly Completion[]> {
  if (spec.suggests !== undefined) return ask(typed, spec.name)
  switch (spec.type) {
    case 'choice':
      return spec.choices.map((value) => ({ name: choiceName(stringsIn(locale), spec.name, value), value }))
    case 'yes-no':
      return ['yes', 'no'].map((value) => ({ name: value, value }))
    default:
      return []
  }
}

function startsWith({ name, value }: Completion, start: string): boolean {
  return [name, value].some((one) => one.toLowerCase().startsWith(start.toLowerCase()))
}

function isCalled(option: string, written: string | undefined, locale: Locale): boolean {
  return written === option || written === optionNameIn(locale, option)
}

/** A quote within a value cannot be typed. */
function quotedAsNeeded(value: string): string {
  return /\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}
