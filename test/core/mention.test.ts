import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseMention } from '../../core/mention.ts'

it.each([
  ['<@123>', 'discord:9', 'discord:123'],
  ['<@!123>', 'discord:9', 'discord:123'],
  ['<@U123>', 'slack:T1.U9', 'slack:T1.U123'],
  ['<@U123|ada.l>', 'slack:T1.U9', 'slack:T1.U123'],
] as const)('reads %s of %s', (typed, asker, member) => {
  expect(parseMention(typed, asker)).toBe(member)
})

it.each([
  ['<@U123>', 'discord:9'],
  ['<@123>', 'terminal:local'],
  ['<@&123>', 'discord:9'],
  ['<@!everyone>', 'discord:9'],
  ['<@123> ', 'discord:9'],
  ['@ada', 'slack:T1.U9'],
  ['<@T2.U123>', 'slack:T1.U9'],
  ['<!channel>', 'slack:T1.U9'],
  ['<@u123|<x>', 'slack:T1.U9'],
] as const)('takes %s of %s for no mention', (typed, asker) => {
  expect(parseMention(typed, asker)).toBeUndefined()
})

it('names a member of the asker’s own place, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const member = parseMention(`<@${typed}>`, 'slack:T1.U9')
      expect(member === undefined || /^slack:T1\.[A-Z0-9]+$/.test(member)).toBe(true)
    }),
  )
})
