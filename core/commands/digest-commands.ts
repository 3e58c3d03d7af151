import { WEEKDAYS } from '../digest/schedule.ts'
import { LOCALES } from '../locale.ts'
import type { CommandSpec } from './spec.ts'

export const DEFAULT_DIGEST_COUNT = 5
const MAX_DIGEST_COUNT = 10

const number = { name: 'number', type: 'integer', min: 1, max: 10 } as const

/** Of one subscription: the one with that number, or the only one of the channel. */
const ON_ONE = { options: [number], bare: 'number', generic: false, managers: true } as const

/** Names of two words: commands that stand together behind the first. */
export const DIGEST_COMMANDS = [
  {
    name: 'digest subscribe',
    options: [
      { name: 'day', type: 'choice', choices: WEEKDAYS },
      { name: 'time', type: 'text', maxLength: 5 },
      { name: 'timezone', type: 'text', maxLength: 60, suggests: 'timezone' },
      { name: 'genre', type: 'text', maxLength: 200, suggests: 'genre' },
      { name: 'count', type: 'integer', min: 1, max: MAX_DIGEST_COUNT },
      { name: 'language', type: 'choice', choices: LOCALES },
      { name: 'mention', type: 'audience', maxLength: 100 },
    ],
    bare: 'day',
    example: ['day', 'time', 'timezone', 'genre'],
    generic: false,
    managers: true,
  },
  { name: 'digest list', options: [], bare: undefined, example: [], generic: false, managers: true },
  { name: 'digest preview', ...ON_ONE, example: [] },
  { name: 'digest now', ...ON_ONE, example: [] },
  { name: 'digest pause', ...ON_ONE, example: [] },
  { name: 'digest resume', ...ON_ONE, example: [] },
  { name: 'digest remove', ...ON_ONE, example: [] },
] as const satisfies readonly CommandSpec[]
