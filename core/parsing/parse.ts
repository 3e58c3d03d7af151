import { normalizeName } from '../catalogue/normalize-name.ts'
import type { CommandRequest, GroupPlayer, Player, Requester } from '../command-request.ts'
import { type CommandName, DEFAULT_COUNT, findCommand } from '../commands/catalogue.ts'
import { DEFAULT_DIGEST_COUNT } from '../commands/digest-commands.ts'
import type { ExampleWanted } from '../commands/example.ts'
import type { Age, Discovery, FilterInput, Platform, Sort } from '../commands/filter-input.ts'
import type { CommandSpec, OptionSpec } from '../commands/spec.ts'
import type { OnOne } from '../digest/request.ts'
import type { Weekday } from '../digest/schedule.ts'
import type { ChannelKey } from '../ids.ts'
import { LOCALES, type Locale } from '../locale.ts'
import { unmarked } from '../marks.ts'
import type { Problem } from '../problem.ts'
import type { Mention } from '../reply.ts'
import { choiceName } from '../strings/command-strings.ts'
import { stringsIn } from '../strings/strings.ts'
import { readChannels } from './read-channels.ts'
import { readAmount, readPrice, type TypedPrice } from './read-price.ts'
import type { CommandSyntax } from './syntax.ts'

/** What a platform read from a command: option name to what was typed. */
export type Values = Readonly<Record<string, string | number | boolean | undefined>>

export type ParsedCommand =
  | { readonly ok: true; readonly request: CommandRequest }
  | { readonly ok: false; readonly problem: Problem }

type Value = string | number | boolean | undefined
type Meant = Value | TypedPrice | readonly ChannelKey[] | readonly GroupPlayer[] | Mention
type ReadOption =
  | { readonly ok: true; readonly value: Meant }
  | { readonly ok: false; readonly problem: Problem }
type Read = Readonly<Record<string, Meant>>

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
  const called = syntax.optionName
  const options: readonly OptionSpec[] = spec.options
  const strange = Object.keys(values).find((key) => !options.some((option) => option.name === key))
  if (strange !== undefined) {
    const names = options.map((option) => called(option.name))
    return {
      ok: false,
      problem: {
        kind: 'no-such-option',
        command: spec.name,
        asked: strange,
        names,
        example: { command: spec.name },
      },
    }
  }
  const read: Record<string, Meant> = {}
  for (const option of options) {
    const example = { command: spec.name, option: option.name }
    const typing = { requester, example, syntax, name: called(option.name) }
    const result = readOption(option, values[option.name], typing)
    if (!result.ok) return result
    read[option.name] = result.value
  }
  return { ok: true, request: { ...requester, ...ASKS[spec.name](read) } as CommandRequest }
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

type TextSpec = Extract<OptionSpec, { type: 'text' | 'players' | 'audience' | 'channels' }>

function readText(option: TextSpec, text: string, typing: Typing): ReadOption {
  const { type, maxLength, required, suggests } = option
  const { name, example } = typing
  if (text.length > maxLength)
    return { ok: false, problem: { kind: 'too-long', option: name, most: maxLength, example } }
  if (required && suggests === 'genre' && labelsOf(text).every(isExcluded))
    return { ok: false, problem: { kind: 'missing-option', option: name, example } }
  switch (type) {
    case 'channels':
      return readChannels(text, typing)
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
  return [...players].filter((typed) => typed !== '').map((typed) => ({ typed, member: member(typed) }))
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

/** `Omit` that keeps a union a union. */
type WithoutAsker<T> = T extends CommandRequest ? Omit<T, keyof Requester> : never

const ASKS: { readonly [N in CommandName]: (read: Read) => WithoutAsker<CommandRequest> } = {
  recommend: (read) => ({
    kind: 'recommend',
    player: playerOf(read),
    filterInput: wishOf(read),
    discovery: (read.discovery as Discovery | undefined) ?? 'balanced',
    count: countOf(read),
  }),
  curate: (read) => ({
    kind: 'curate',
    filterInput: wishOf(read),
    sort: (read.sort as Sort | undefined) ?? 'acclaimed',
    hideOwned: read.hide_owned === true,
    count: countOf(read),
  }),
  similar: (read) => ({ kind: 'similar', game: String(read.game), count: countOf(read) }),
  together: (read) => ({
    kind: 'together',
    players: (read.players as readonly GroupPlayer[] | undefined) ?? [],
    count: countOf(read),
  }),
  taste: (read) => ({ kind: 'taste', player: playerOf(read) }),
  link: (read) => ({ kind: 'link', typed: String(read.steam_id) }),
  unlink: () => ({ kind: 'unlink' }),
  privacy: (read) => ({
    kind: 'privacy',
    community: read.community as boolean | undefined,
    training: read.training as boolean | undefined,
  }),
  export: () => ({ kind: 'export' }),
  'forget-me': () => ({ kind: 'forget-me' }),
  settings: (read) => ({
    kind: 'settings',
    language: read.language as Locale | undefined,
    serverLanguage: read.server_language as Locale | 'none' | undefined,
    currency: read.currency as string | undefined,
    mature: read.mature as boolean | undefined,
    block: partsOf(read.block, /;+/),
    unblock: partsOf(read.unblock, /;+/),
    channels: read.channels as readonly ChannelKey[] | undefined,
  }),
  help: (read) => ({ kind: 'help', command: read.command as string | undefined }),
  'digest subscribe': (read) => ({
    kind: 'digest',
    request: {
      verb: 'subscribe',
      weekday: (read.day as Weekday | undefined) ?? 'monday',
      time: String(read.time ?? '18:00'),
      timezone: read.timezone as string | undefined,
      genres: labelsOf(read.genre),
      count: (read.count as number | undefined) ?? DEFAULT_DIGEST_COUNT,
      language: read.language as Locale | undefined,
      call: read.mention as Mention | undefined,
    },
  }),
  'digest list': () => ({ kind: 'digest', request: { verb: 'list' } }),
  'digest preview': (read) => onOne('preview', read),
  'digest now': (read) => onOne('now', read),
  'digest pause': (read) => onOne('pause', read),
  'digest resume': (read) => onOne('resume', read),
  'digest remove': (read) => onOne('remove', read),
}

function onOne(verb: OnOne, read: Read): WithoutAsker<CommandRequest> {
  return { kind: 'digest', request: { verb, number: read.number as number | undefined } }
}

/** Games that were named come before a Steam ID: whoever names them wants them to count. */
function playerOf(read: Read): Player {
  const names = partsOf(read.like, /;+/)
  if (names.length > 0) return { kind: 'liked', names }
  return read.steam_id === undefined ? { kind: 'linked' } : { kind: 'steam', typed: String(read.steam_id) }
}

function wishOf(read: Read): FilterInput {
  const labels = labelsOf(read.genre)
  const price = read.max_price as TypedPrice | undefined
  const excluded = [...labels.filter(isExcluded), ...labelsOf(read.exclude)]
  return {
    genres: labels.filter((label) => !isExcluded(label)),
    exclude: [...new Set(excluded.map((label) => label.replace(EXCLUDED, '')))],
    maxPrice: price?.amount,
    priceSign: price?.sign,
    language: read.language as string | undefined,
    platform: read.platform as Platform | undefined,
    age: (read.age as Age | undefined) ?? 'all',
    onSale: read.on_sale === true,
    minReviews: read.min_reviews as number | undefined,
    minPositive: read.min_positive as number | undefined,
  }
}

/** A minus before a label, as search engines have it: none that carries it. */
const EXCLUDED = /^[-−–—!]\s*/u

function isExcluded(label: string): boolean {
  return EXCLUDED.test(label)
}

/** Without the number of games behind each, which a completion shows. */
function labelsOf(value: Meant): string[] {
  return listOf(value, /[,;]+(?!\d{3}\))/).map((label) => label.replace(/(?<=\S)\s*\(\d[\d.,]*\)$/, ''))
}

function countOf(read: Read): number {
  return (read.count as number | undefined) ?? DEFAULT_COUNT
}

function listOf(value: Meant, separator: RegExp): string[] {
  return [...new Set(partsOf(value, separator))]
}

/** As they stand, twice where they stand twice: what parts a list may also stand in a title. */
function partsOf(value: Meant, separator: RegExp): string[] {
  const parts = String(value ?? '').split(separator)
  return parts.map(unmarked).filter((part) => part !== '')
}
