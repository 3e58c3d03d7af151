import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discordSyntax } from '../../../../bot/discord/receive/syntax.ts'

const { member, channel, audience, split, optionName } = discordSyntax({})

describe('what somebody wrote on Discord', () => {
  it.each(['<@123>', '<@!123>'])('names a member by %s', (typed) => {
    expect(member(typed)).toBe('discord:123')
  })

  it.each(['<@U123>', '<@&123>', '<@!everyone>', '<@123> ', '<#123>', '@ada'])(
    'names no member by %s',
    (typed) => {
      expect(member(typed)).toBeUndefined()
    },
  )

  it('names a channel', () => {
    expect(channel('<#123>')).toBe('discord:123')
    expect(channel('<#C123|general>')).toBeUndefined()
  })

  it.each([
    ['@here', 'here'],
    ['everyone', 'everyone'],
    ['@channel', 'everyone'],
    ['<@&123>', { role: '123' }],
    ['<!here>', undefined],
    ['<!subteam^S024BE7LR>', undefined],
    ['<@123>', undefined],
    ['somebody', undefined],
  ] as const)('“%s” notifies %j', (typed, call) => expect(audience(typed)).toEqual(call))

  it('is a list of mentions with or without spaces between them', () => {
    expect(split('<@1><@2>, <#3>  ada')).toEqual(['<@1>', '<@2>', '<#3>', 'ada'])
  })

  it('names options as Discord lists them in that language', () => {
    expect(optionName('players')).toBe('players')
    expect(discordSyntax({ locale: 'ko' }).optionName('players')).toBe('플레이어')
  })

  it('is a key of Discord or nothing, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        for (const key of [member(`<@${typed}>`), channel(`<#${typed}>`)])
          expect(key ?? 'discord:1').toMatch(/^discord:\d{1,20}$/)
        const call = audience(typed)
        if (typeof call === 'object') expect(call.role).toMatch(/^\d{1,20}$/)
      }),
    )
  })
})
