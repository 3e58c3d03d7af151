import { LOCALES } from '../locale.ts'
import { DIGEST_COMMANDS } from './digest-commands.ts'
import { AGES, DISCOVERY, PLATFORMS, SORTS } from './filter-input.ts'
import type { CommandSpec } from './spec.ts'

/**
 * The catalogue of commands, the one place where a name or a limit stands. Discord's registration, Slack's manifest, the
 * help and the parsing of both platforms are made from it.
 */
export const DEFAULT_COUNT = 10
export const MAX_COUNT = 20
export const MAX_PLAYERS = 8
export const MAX_LIKED = 3

const steamId = { name: 'steam_id', type: 'account', maxLength: 200 } as const
const genre = { name: 'genre', type: 'text', maxLength: 200, suggests: 'genre' } as const
const exclude = { name: 'exclude', type: 'text', maxLength: 200, suggests: 'genre' } as const
/** In the place's currency: a thousand dollars are some seventeen million rupiahs. */
const maxPrice = { name: 'max_price', type: 'number', min: 0, max: 100_000_000 } as const
const platform = { name: 'platform', type: 'choice', choices: PLATFORMS } as const
const language = { name: 'language', type: 'text', maxLength: 60 } as const
const count = { name: 'count', type: 'integer', min: 1, max: MAX_COUNT } as const

export const COMMANDS = [
  {
    name: 'recommend',
    options: [
      steamId,
      { name: 'like', type: 'text', maxLength: 300, suggests: 'games' },
      genre,
      exclude,
      maxPrice,
      { name: 'discovery', type: 'choice', choices: DISCOVERY },
      { name: 'age', type: 'choice', choices: AGES },
      { name: 'on_sale', type: 'yes-no' },
      platform,
      language,
      count,
    ],
    bare: 'steam_id',
    example: ['like', 'genre'],
    generic: false,
  },
  {
    name: 'curate',
    options: [
      { ...genre, required: true },
      exclude,
      maxPrice,
      platform,
      language,
      { name: 'min_reviews', type: 'integer', min: 1, max: 1_000_000 },
      { name: 'min_positive', type: 'integer', min: 1, max: 100 },
      { name: 'sort', type: 'choice', choices: SORTS },
      { name: 'hide_owned', type: 'yes-no' },
      count,
    ],
    bare: 'genre',
    example: ['genre', 'max_price', 'sort'],
    generic: false,
  },
  {
    name: 'similar',
    options: [{ name: 'game', type: 'text', maxLength: 300, suggests: 'game', required: true }, count],
    bare: 'game',
    example: ['game'],
    generic: false,
  },
  {
    name: 'together',
    options: [{ name: 'players', type: 'players', maxLength: 1000, required: true }, count],
    bare: 'players',
    example: ['players'],
    generic: false,
  },
  { name: 'taste', options: [steamId], bare: 'steam_id', example: [], generic: false },
  ...DIGEST_COMMANDS,
  {
    name: 'link',
    options: [{ ...steamId, required: true }],
    bare: 'steam_id',
    example: ['steam_id'],
    generic: true,
  },
  { name: 'unlink', options: [], bare: undefined, example: [], generic: true },
  {
    name: 'privacy',
    options: [
      { name: 'community', type: 'yes-no' },
      { name: 'training', type: 'yes-no' },
    ],
    bare: undefined,
    example: [],
    generic: true,
  },
  { name: 'export', options: [], bare: undefined, example: [], generic: true },
  { name: 'forget-me', options: [], bare: undefined, example: [], generic: true },
  {
    name: 'settings',
    options: [
      { name: 'language', type: 'choice', choices: LOCALES },
      { name: 'server_language', type: 'choice', choices: [...LOCALES, 'none'], managers: true },
      { name: 'currency', type: 'text', maxLength: 60, suggests: 'currency', managers: true },
      { name: 'mature', type: 'yes-no', managers: true },
      { name: 'block', type: 'text', maxLength: 1000, suggests: 'games', managers: true },
      { name: 'unblock', type: 'text', maxLength: 1000, suggests: 'games', managers: true },
      { name: 'channels', type: 'channels', maxLength: 4000, managers: true },
    ],
    bare: 'language',
    example: ['language'],
    generic: true,
  },
  {
    name: 'help',
    options: [{ name: 'command', type: 'text', maxLength: 60 }],
    bare: 'command',
    example: [],
    generic: true,
  },
] as const satisfies readonly CommandSpec[]

export type CommandName = (typeof COMMANDS)[number]['name']

/** The options of a command, as specified. */
export type OptionsOf<N extends CommandName> = Extract<
  (typeof COMMANDS)[number],
  { name: N }
>['options'][number]

/** The names of a command's options, or of all of them, for the message files. */
export type OptionName<N extends CommandName = CommandName> = [OptionsOf<N>] extends [never]
  ? never
  : OptionsOf<N>['name']

export function findCommand(name: string): (typeof COMMANDS)[number] | undefined {
  return COMMANDS.find((command) => command.name === name)
}
