import { expect, it } from 'vitest'
import { outsideKeys } from './support/check/outside-keys.ts'

const OURS = /^(bot|core|db|inference|migrations)\//

/** One sign that a pattern has matched, or a name of ours: of an option, a setting, a phase, a part, or a game by its number. */
const OUR_KEYS =
  /(SIMPLE_ESCAPES|ENTITIES|ESCAPES|HEX_DIGITS|LETTERS)\[(sign|mark|letter|character)\]|\[(option(\.name)?|choice|spec\.name|phase\.name|part)\]|(values|env)\[name\]|\[String\(game\)\]/

/** Defines `__proto__` as any other key. */
const GUARDED = /^db\/import\/read\/python-literal\.ts:\d+ dict\[key\]$/

it('reads no plain object under whatever text', () => {
  const found = outsideKeys((file) => OURS.test(file) && !file.startsWith('bot/playground/browser'))
  expect(found.filter((one) => !OUR_KEYS.test(one) && !GUARDED.test(one))).toEqual([])
})
