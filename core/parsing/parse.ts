import { normalizeName } from '../catalogue/normalize-name.ts'
import type { CommandRequest, GroupPlayer, Requester } from '../command-request.ts'
import { type CommandName, findCommand } from '../commands/catalogue.ts'
import type { ExampleWanted } from '../commands/example.ts'
import type { CommandSpec, OptionSpec } from '../commands/spec.ts'
import type { UserKey } from '../ids.ts'
import { LOCALES } from '../locale.ts'
import { unmarked } from '../marks.ts'
import { readAccount } from '../players/steam-id.ts'
import type { Problem } from '../problem.ts'
import { choiceName } from '../strings/command-strings.ts'
import { stringsIn } from '../strings/strings.ts'
import { hasLabel } from './lists.ts'
import type { Meaning, Options } from './options.ts'
import { readChannels } from './read-channels.ts'
import { readAmount, readPrice, type TypedPrice } from './read-price.ts'
import { REQUESTS } from './requests.ts'
import type { CommandSyntax } from './syntax.ts'

/** What a platform read from a command: option name to what was typed. */
export type Values = Readonly<Record<string, string | number | boolean | undefined>>

export type ParsedCommand =
  | { readonly ok: true; readonly request: CommandRequest }
  | { readonly ok: false; readonly problem: Problem }

type Value = string | number | boolean | undefined
type Failed = { readonly ok: false; readonly problem: Problem }
type ReadOption = { readonly ok: true; readonly value: Meaning } | Failed

/** Who typed it, how the option is called where they are, an example of it, and how the platform writes. */
type Typing = {
  readonly requester: Requester
  readonly name: string
  readonly example: ExampleWanted
  readonly syntax: CommandSyntax
}

/**
 * From a command's name and options to a `CommandRequest`, or the problem with what was typed. Never throws. `syntax`: how
 * the platform writes people and channels.
 */
export function parseCommand(
  name: string,
  values: Values,
  requester: Requester,
  syntax: CommandSyntax,
): ParsedCommand {
  const spec = findCommand(name)
  if (!spec) return { ok: false, problem: { kind: 'no-such-command', asked: name } }
  return (
    unknownOption(spec, values, syntax) ?? parseAs(spec.name, spec.options, { values, requester, syntax })
  )
}

function unknownOption(
  { name, options }: ReturnType<typeof findCommand> & object,
  values: Values,
  { optionName }: CommandSyntax,
): Failed | undefined {
  const asked = Object.keys(values).find((key) => !options.some((option) => option.name === key))
  if (asked === undefined) return undefined
  const names = options.map((option) => optionName(option.name))
  return {
    ok: false,
    problem: { kind: 'no-such-option', command: name, asked, names, example: { command: name } },
  }
}

type Given = { readonly values: Values; readonly requester: Requester; readonly syntax: CommandSyntax }

function parseAs<N extends CommandName>(name: N, specs: readonly OptionSpec[], given: Given): ParsedCommand {
  const read = readOptions(name, specs, given)
  return read.ok ? { ok: true, request: { ...given.requester, ...REQUESTS[name](read.options) } } : read
}

/** Reads each option as its specification says, which is where its type comes from. */
function readOptions<N extends CommandName>(
  name: N,
  specs: readonly OptionSpec[],
  given: Given,
): { readonly ok: true; readonly options: Options<N> } | Failed
function readOptions(
  command: CommandName,
  specs: readonly OptionSpec[],
  { values, requester, syntax }: Given,
) {
  const options: Record<string, Meaning> = {}
  for (const spec of specs) {
    const example = { command, option: spec.name }
    const typing = { requester, example, syntax, name: syntax.optionName(spec.name) }
    const result = readOption(spec, values[spec.name], typing)
    if (!result.ok) return result
    options[spec.name] = result.value
  }
  return { ok: true, options }
}

/** Whether something was given that only those who manage the place may. */
export function isForManagers({ managers, options }: CommandSpec, values: Values): boolean {
  const given = (name: string) => String(values[name] ?? '').trim() !== ''
  return managers === true || options.some((option) => option.managers && given(option.name))
}

function readOption(option: OptionSpec, raw: Value, typing: Typing): ReadOption {
  const { name, example } = typing
  const text = raw === undefined ? '' : unmarked(String(raw))
  if (text === '') {
    return option.required
      ? { ok: false, problem: { kind: 'missing-option', option: name, example } }
      : { ok: true, value: undefined }
  }
  switch (option.type) {
    case 'text':
    case 'account':
    case 'players':
    case 'audience':
    case 'channels':
      return readText(option, text, typing)
    case 'integer':
    case 'number':
      return readNumber(option, raw, text, typing)
    case 'choice': {
      const typed = normalizeName(text)
      const choice = option.choices.find((one) => isChoice(option.name, one, typed))
      return choice === undefined
        ? { ok: false, problem: { kind: 'no-such-choice', option: name, choices: option.choices, example } }
        : { ok: true, value: choice }
    }
    case 'yes-no':
      return readYesNo(text.toLowerCase(), typing)
  }
}

/** By its value or its name in any language, or as the usage shows both: `hidden-gems (Hidden gems)`. */
function isChoice(option: string, choice: string, typed: string): boolean {
  const names = LOCALES.map((locale) => choiceName(stringsIn(locale), option, choice))
  const spellings = [choice, ...names, ...names.map((name) => `${choice} (${name})`)]
  return spellings.some((spelling) => normalizeName(spelling) === typed)
}

type TextSpec = Extract<OptionSpec, { type: 'text' | 'account' | 'players' | 'audience' | 'channels' }>

function readText(option: TextSpec, text: string, typing: Typing): ReadOption {
  const { type, maxLength, required, suggests } = option
  const { name, example } = typing
  if (text.length > maxLength)
    return { ok: false, problem: { kind: 'too-long', option: name, most: maxLength, example } }
  if (required && suggests === 'genre' && !hasLabel(text))
    return { ok: false, problem: { kind: 'missing-option', option: name, example } }
  switch (type) {
    case 'channels':
      return readChannels(text, typing)
    case 'account':
      return { ok: true, value: readAccount(text) }
    case 'players':
      return { ok: true, value: readPlayers(text, typing.syntax) }
    case 'audience':
      return readAudience(text, typing.syntax)
    case 'text':
      return { ok: true, value: text }
  }
}

function readPlayers(text: string, { split, member }: CommandSyntax): readonly GroupPlayer[] {
  const players = new Set(split(text).map(unmarked))
  return [...players].filter((typed) => typed !== '').map((typed) => asPlayer(typed, member(typed)))
}

function asPlayer(typed: string, member: UserKey | undefined): GroupPlayer {
  return member === undefined ? { kind: 'steam', ...readAccount(typed) } : { kind: 'member', member }
}

function readAudience(text: string, { audience }: CommandSyntax): ReadOption {
  const call = audience(text)
  return call === undefined
    ? { ok: false, problem: { kind: 'bad-mention', asked: text } }
    : { ok: true, value: call }
}

type NumberSpec = Extract<OptionSpec, { type: 'integer' | 'number' }>

function readNumber(option: NumberSpec, raw: Value, text: string, { name, example }: Typing): ReadOption {
  const { type, min, max } = option
  const price = typeof raw === 'number' ? { amount: raw, sign: undefined } : readTypedNumber(option, text)
  const { amount = Number.NaN } = price ?? {}
  const fits = amount >= min && amount <= max && (type === 'number' || Number.isInteger(amount))
  if (!price || !fits) {
    const problem = {
      kind: 'bad-number',
      option: name,
      whole: type === 'integer',
      min,
      max,
      example,
    } as const
    return { ok: false, problem }
  }
  return { ok: true, value: type === 'number' ? price : amount }
}

/** Numbers that need not be whole are prices. */
function readTypedNumber({ type, max }: NumberSpec, text: string): TypedPrice | undefined {
  if (type === 'number') return readPrice(text)
  const amount = readAmount(max === 100 ? text.replace(/\s?%$/, '') : text)
  return amount === undefined ? undefined : { amount, sign: undefined }
}

const YES = ['true', 'yes', 'y', '1', 'on', '네', '예']
const NO = ['false', 'no', 'n', '0', 'off', '아니요']

function readYesNo(text: string, { name, example }: Typing): ReadOption {
  if (YES.includes(text)) return { ok: true, value: true }
  if (NO.includes(text)) return { ok: true, value: false }
  return { ok: false, problem: { kind: 'no-such-choice', option: name, choices: ['yes', 'no'], example } }
}
