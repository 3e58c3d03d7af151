import { expect, it } from 'vitest'
import { heldPromises } from './support/check/held-promises.ts'

const OURS = /^(bot|core|db|inference|migrations)\//

/** Closing logs whatever fails. */
const NEVER_FAILS = /^bot\/run.ts:\d+ closed$/

it('finds what was begun and is not listened to while something else is awaited', () => {
  const found = heldPromises((file) => file === 'test/fixtures/held-promises.ts')
  expect(found.map((one) => one.replace(/^.*:\d+ /, ''))).toEqual(['one', 'all', 'ask(1)', 'ask(1)'])
})

it('finds none in the program', () => {
  const found = heldPromises((file) => OURS.test(file))
  expect(found.filter((one) => !NEVER_FAILS.test(one))).toEqual([])
})
