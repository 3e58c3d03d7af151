import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slackSyntax } from '../../../../bot/slack/receive/syntax.ts'

const { member, channel, audience, split, optionName } = slackSyntax({ user: 'slack:T1.U9' })

describe('what somebody wrote on Slack', () => {
  it.each(['<@U123>', '<@U123|ada.l>'])('names a member by %s', (typed) => {
    expect(member(typed)).toBe('slack:T1.U123')
  })

  it.each(['@ada', '<@T2.U123>', '<!channel>', '<@u123|<x>', '<@123> '])('names no member by %s', (typed) => {
    expect(member(typed)).toBeUndefined()
  })

  it('names a channel', () => {
    expect(channel('<#C123|general>')).toBe('slack:T1.C123')
    expect(channel('<#D123>')).toBeUndefined()
  })

  it.each([
    ['<!here>', 'here'],
    ['@here', 'here'],
    ['@channel', 'everyone'],
    ['<!everyone|everyone>', 'everyone'],
    ['<!subteam^S024BE7LR|players>', { role: 'S024BE7LR' }],
    ['<@&123>', undefined],
    ['<@U123>', undefined],
    ['somebody', undefined],
  ] as const)('“%s” notifies %j', (typed, call) => expect(audience(typed)).toEqual(call))

  it('is a list of mentions with or without spaces between them', () => {
    expect(split('<@U1><@U2|bo>, ada')).toEqual(['<@U1>', '<@U2|bo>', 'ada'])
  })

  it('names options by their own names', () => {
    expect(optionName('players')).toBe('players')
  })

  it('is of the workspace of whoever typed it, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        for (const key of [member(`<@${typed}>`), channel(`<#${typed}>`)])
          expect(key ?? 'slack:T1.X').toMatch(/^slack:T1\.[A-Z0-9]{1,32}$/)
        const call = audience(typed)
        if (typeof call === 'object') expect(call.role).toMatch(/^[A-Z0-9]{1,32}$/)
      }),
    )
  })
})
