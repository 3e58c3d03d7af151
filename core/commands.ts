import type { Ask, Asker } from './ask.ts'

/**
 * The catalogue of commands, the one place where a name, a description or a limit stands. Discord's registration, Slack's
 * manifest, the help and the parsing of both platforms are made from it.
 */
export type OptionSpec = {
  readonly name: string
  /** At most 100 characters: Discord's limit. */
  readonly description: string
  readonly required: boolean
  readonly suggests: 'genre' | undefined
} & (
  | { readonly type: 'text'; readonly maxLength: number }
  | { readonly type: 'integer' | 'number'; readonly min: number; readonly max: number }
)

export type CommandSpec = {
  readonly name: string
  readonly description: string
  readonly options: readonly OptionSpec[]
  /** For Slack, where a first bare word may stand without its name. */
  readonly bare: string
  readonly example: string
}

export const DEFAULT_COUNT = 10
export const MAX_COUNT = 20

export const recommend = {
  name: 'recommend',
  description: 'Indie games picked from what a player owns on Steam',
  bare: 'steam_id',
  example: '/recommend 76561197960287930 genre:Roguelike max_price:15 count:10',
  options: [
    {
      name: 'steam_id',
      description: 'Steam ID, profile link, custom name or friend code',
      required: true,
      suggests: undefined,
      type: 'text',
      maxLength: 200,
    },
    {
      name: 'genre',
      description: 'Only games of this genre, tag or category',
      required: false,
      suggests: 'genre',
      type: 'text',
      maxLength: 100,
    },
    {
      name: 'max_price',
      description: 'The most a game may cost, in US dollars; 0 shows free games',
      required: false,
      suggests: undefined,
      type: 'number',
      min: 0,
      max: 1000,
    },
    {
      name: 'count',
      description: `How many games, 1 to ${MAX_COUNT}; ${DEFAULT_COUNT} unless told`,
      required: false,
      suggests: undefined,
      type: 'integer',
      min: 1,
      max: MAX_COUNT,
    },
  ],
} as const satisfies CommandSpec

export const COMMANDS: readonly CommandSpec[] = [recommend]

/** What a platform read from a command: option name to its text or number, as typed. */
export type Values = Readonly<Record<string, string | number | undefined>>

export type ParsedCommand =
  | { readonly ok: true; readonly ask: Ask }
  | { readonly ok: false; readonly problem: string }

type ReadOption = { ok: true; value: string | number | undefined } | { ok: false; problem: string }

function readOption(spec: OptionSpec, raw: string | number | undefined): ReadOption {
  const text = raw === undefined ? '' : String(raw).trim()
  if (text === '') {
    return spec.required
      ? { ok: false, problem: `${spec.name} is missing: ${spec.description}.` }
      : { ok: true, value: undefined }
  }
  if (spec.type === 'text') {
    return text.length <= spec.maxLength
      ? { ok: true, value: text }
      : { ok: false, problem: `${spec.name} is too long: at most ${spec.maxLength} characters.` }
  }
  const plain = typeof raw === 'number' || /^[+-]?\d{1,9}(\.\d{1,9})?$/.test(text)
  const number = plain ? Number(text) : Number.NaN
  const fits =
    number >= spec.min && number <= spec.max && (spec.type === 'number' || Number.isInteger(number))
  const kind = spec.type === 'integer' ? 'a whole number' : 'a number'
  return fits
    ? { ok: true, value: number }
    : { ok: false, problem: `${spec.name} must be ${kind} from ${spec.min} to ${spec.max}.` }
}

/** From a command's name and options to an `Ask`, or one sentence that says what to type instead. */
export function parseCommand(name: string, values: Values, asker: Asker): ParsedCommand {
  const spec = COMMANDS.find((command) => command.name === name)
  if (!spec) return { ok: false, problem: `There is no command /${name}.` }
  const read: Record<string, string | number | undefined> = {}
  for (const key of Object.keys(values)) {
    if (spec.options.some((option) => option.name === key)) continue
    const names = spec.options.map((option) => option.name).join(', ')
    return {
      ok: false,
      problem: `/${name} has no option "${key.slice(0, 40)}"; it takes ${names}. For example: ${spec.example}`,
    }
  }
  for (const option of spec.options) {
    const result = readOption(option, values[option.name])
    if (!result.ok) return { ok: false, problem: `${result.problem} For example: ${spec.example}` }
    read[option.name] = result.value
  }
  return { ok: true, ask: toAsk(read, asker) }
}

function toAsk(read: Record<string, string | number | undefined>, asker: Asker): Ask {
  return {
    ...asker,
    kind: 'recommend',
    player: { kind: 'steam', typed: String(read.steam_id) },
    genre: read.genre as string | undefined,
    maxPrice: read.max_price as number | undefined,
    language: undefined,
    count: (read.count as number | undefined) ?? DEFAULT_COUNT,
  }
}
