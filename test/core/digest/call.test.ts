import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseCall } from '../../../core/digest/call.ts'

it.each([
  ['@here', 'discord:1', 'here'],
  ['<!here>', 'slack:T1', 'here'],
  ['@channel', 'slack:T1', 'everyone'],
  ['everyone', 'discord:1', 'everyone'],
  ['<@&123>', 'discord:1', { role: '123' }],
  ['<!subteam^S024BE7LR|players>', 'slack:T1', { role: 'S024BE7LR' }],
  ['<@&123>', 'slack:T1', undefined],
  ['<!subteam^S024BE7LR>', 'discord:1', undefined],
  ['<@123>', 'discord:1', undefined],
  ['somebody', 'discord:1', undefined],
] as const)('“%s” at %s calls %j', (typed, place, call) => expect(parseCall(typed, place)).toEqual(call))

it('never takes more of a role than an id', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('discord:1', 'slack:T1' as const), (typed, place) => {
      const call = parseCall(typed, place as 'discord:1')
      if (typeof call === 'object') expect(call.role).toMatch(/^[A-Z0-9]{1,32}$/)
    }),
  )
})
