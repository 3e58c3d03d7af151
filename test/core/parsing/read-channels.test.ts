import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChannelKey } from '../../../core/ids.ts'
import { readChannels } from '../../../core/parsing/read-channels.ts'
import { MAX_CHANNELS } from '../../../core/places/place.ts'
import { syntaxFor } from '../../support/builders/platforms.ts'
import { asker } from '../../support/builders/requesters.ts'

const ON_SLACK = asker({ user: 'slack:T1.U1', channel: 'slack:T1.C9', place: 'slack:T1' })
const EXAMPLE = { command: 'settings', option: 'channels' } as const

function read(text: string, who = asker(), isOwn = (_channel: ChannelKey) => true) {
  return readChannels(text, {
    requester: who,
    syntax: { ...syntaxFor(who), isOwnChannel: isOwn },
    example: EXAMPLE,
  })
}

describe('the channels that somebody typed', () => {
  it.each([
    ['<#1> <#22>', ['discord:1', 'discord:22']],
    ['<#1>,<#2>, <#1>', ['discord:1', 'discord:2']],
    ['<#1><#2>', ['discord:1', 'discord:2']],
    ['here', ['discord:7']],
    ['HERE <#1>', ['discord:7', 'discord:1']],
    ['여기', ['discord:7']],
    ['all', []],
    ['모두', []],
  ])('are read from %j in Discord', (text, channels) => {
    expect(read(text)).toEqual({ ok: true, value: channels })
  })

  it.each([
    ['<#C1|general> <#G2>', ['slack:T1.C1', 'slack:T1.G2']],
    ['<#C1|>', ['slack:T1.C1']],
    ['here', ['slack:T1.C9']],
  ])('are read from %j in Slack', (text, channels) => {
    expect(read(text, ON_SLACK)).toEqual({ ok: true, value: channels })
  })

  it('are the channel of the thread for whoever says "here" within one', () => {
    expect(read('here', asker({ parent: 'discord:70' }))).toEqual({ ok: true, value: ['discord:70'] })
  })

  it.each([
    '#general',
    'general',
    '<@1>',
    '<#C1|general>',
    '<#1',
    '<#>',
    'all <#1>',
    'here!',
    ',',
    '<#1>;<#2>',
  ])('are not read from %j, which is no channel', (text) => {
    const channels = read(text)
    expect(channels).toMatchObject({ ok: false, problem: { kind: 'no-channel', example: EXAMPLE } })
  })

  it.each(['<#1>', '#general', '<#D1|direct>', '<@U1>', '<#C1|<#C2>'])(
    'are not read from %j in Slack',
    (text) => expect(read(text, ON_SLACK)).toMatchObject({ ok: false, problem: { kind: 'no-channel' } }),
  )

  it('are all of the place', () => {
    const own = (channel: ChannelKey) => channel !== 'discord:2'
    expect(read('<#1> <#2>', asker(), own)).toEqual({
      ok: false,
      problem: { kind: 'foreign-channel', asked: '<#2>' },
    })
  })

  it('are at most as many as can be kept', () => {
    const mentions = (count: number) => Array.from({ length: count }, (_, at) => `<#${at + 1}>`).join(' ')
    expect(read(`${mentions(MAX_CHANNELS)} <#1>`)).toMatchObject({ ok: true })
    expect(read(mentions(MAX_CHANNELS + 1))).toEqual({
      ok: false,
      problem: { kind: 'too-many-channels', most: MAX_CHANNELS },
    })
  })

  it('come back as they were mentioned, in whatever way they stand together', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[1-9]\d{0,19}$/), {
      minLength: 1,
      maxLength: MAX_CHANNELS,
    })
    const between = fc.constantFrom(' ', ', ', ',', '', '\n', '  ')
    fc.assert(
      fc.property(ids, between, (numbers, space) => {
        const text = numbers.map((number) => `<#${number}>`).join(space)
        expect(read(text)).toEqual({ ok: true, value: numbers.map((number) => `discord:${number}`) })
      }),
    )
  })

  it('are channels of this platform or a problem, whatever is typed', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<#1>',
        '<#C1|x>',
        'here',
        'all',
        ' ',
        ',',
        '<',
        '>',
        '#',
        '|',
        'discord:1',
        'slack:T2.C1',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    )
    const who = fc.constantFrom(asker(), ON_SLACK)
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), who, (pieces, typing) => {
        const channels = read(pieces.join(''), typing)
        if (!channels.ok) return
        const key = typing === ON_SLACK ? /^slack:T1\.[CG][A-Z0-9]*$/ : /^discord:\d+$/
        for (const channel of channels.value) expect(channel).toMatch(key)
      }),
    )
  })
})
