import { describe, expect, it } from 'vitest'
import { commandFaults, commandListFaults, commandSize } from './command-rules.ts'
import { createInteractions, type Exchange } from './interactions.ts'
import { answerFaults, messageFaults, specFaults } from './rules.ts'

/** The stand-in would be worth nothing if it let through what Discord refuses. */

const QUIET = { allowed_mentions: { parse: [] } }
const embed = { title: 't' }
const button = (id: string) => ({ custom_id: id, label: 'b' })
const row = (...ids: string[]) => ({ components: ids.map(button) })

describe('a message', () => {
  it('that is right is taken', () => {
    const message = { ...QUIET, content: 'x'.repeat(2000), embeds: [embed], components: [row('a', 'b')] }
    expect(messageFaults(message)).toEqual([])
  })

  it.each([
    ['too much content', { content: 'x'.repeat(2001) }],
    ['nothing at all', { content: '', embeds: [] }],
    ['blanks alone', { content: ' ' }],
    ['too much in its embeds together', { embeds: [1, 2].map(() => ({ description: 'x'.repeat(3001) })) }],
    ['six rows', { content: 'x', components: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => row(id)) }],
    ['six buttons in a row', { content: 'x', components: [row('a', 'b', 'c', 'd', 'e', 'f')] }],
    ['an empty row', { content: 'x', components: [row()] }],
    ['one id twice', { content: 'x', components: [row('a'), row('a')] }],
    ['two embeds of one address', { embeds: [1, 2].map(() => ({ ...embed, url: 'https://a.example/' })) }],
    ['an embed that runs a script', { embeds: [{ ...embed, url: 'javascript:alert(1)' }] }],
    ['a picture that is not on https', { embeds: [{ ...embed, image: { url: 'http://a.example/' } }] }],
    ['an empty field', { embeds: [{ ...embed, fields: [{ name: 'n', value: ' ' }] }] }],
    ['an empty embed', { content: 'x', embeds: [{}] }],
    ['a ping', { content: 'x', allowed_mentions: { parse: ['everyone'] } }],
    ['every ping', { content: 'x', allowed_mentions: undefined }],
  ])('with %s is not', (_what, body) => {
    const { allowed_mentions, ...rest } = { ...QUIET, ...body }
    expect(messageFaults({ ...rest, ...(allowed_mentions && { allowed_mentions }) })).toHaveLength(1)
  })
})

/** 25 options with 25 choices each, all of them as Discord takes them. */
const heavy = Array.from({ length: 25 }, (_, at) => ({
  ...{ name: `o${at}`, description: 'd' },
  choices: Array.from({ length: 25 }, (__, choice) => ({ name: 'c', value: `value ${choice} of it` })),
}))

describe('a command', () => {
  const option = { name: 'o', description: 'd', required: true }
  const command = { name: 'recommend', description: 'd', options: [option] }
  const inKorean = (name: string, ko: string) => ({ ...option, name, name_localizations: { ko } })

  it('that is right is taken', () => expect(commandFaults(command)).toEqual([]))

  it.each([
    ['an upper-case name', { name: 'Recommend' }],
    ['a long description', { description: 'd'.repeat(101) }],
    ['an option twice', { options: [option, option] }],
    [
      'a required option after another',
      {
        options: [
          { ...option, required: false },
          { ...option, name: 'p' },
        ],
      },
    ],
    ['an upper-case name in one language', { name_localizations: { fr: 'Recommande' } }],
    ['a name with a space in one language', { options: [inKorean('o', '스팀 아이디')] }],
    ['two options called alike in one language', { options: [inKorean('o', '게임'), inKorean('p', '게임')] }],
    ['an option called as another is by default', { options: [option, inKorean('p', 'o')] }],
    ['a language that there is not', { name_localizations: { korean: '추천' } }],
    ['more text than fits', { options: heavy }],
    ['choices beside a completion', { options: [{ ...option, autocomplete: true, choices: [] }] }],
  ])('with %s is not', (_what, change) => {
    expect(commandFaults({ ...command, ...change })).toHaveLength(1)
  })

  it('is as long as its longest language, field by field', () => {
    const choice = { name: 'ab', name_localizations: { ko: '가나다' }, value: 'abcd' }
    const long = {
      ...inKorean('o', '가나'),
      description_localizations: { ko: '가', fr: 'abc' },
      choices: [choice],
    }
    expect(commandSize({ ...command, options: [long] })).toBe(10 + 2 + 3 + 3 + 4)
  })

  it('is not called in one language as another command is', () => {
    const other = { ...command, name: 'curate' }
    const named = (ko: string) => ({ ...other, name_localizations: { ko } })
    expect(commandListFaults([command, other])).toEqual([])
    expect(commandListFaults([command, named('추천')])).toEqual([])
    for (const wrong of [command, named('recommend')])
      expect(commandListFaults([command, wrong])).toEqual(['a command stands twice'])
  })
})

describe("Discord's document", () => {
  it.each([
    ['PATCH', '/webhooks/1/t/messages/@original', { content: 5 }],
    ['POST', '/webhooks/1/t', { embeds: [{ title: 'x'.repeat(257) }] }],
    ['POST', '/interactions/1/t/callback', { type: 99 }],
    ['PUT', '/applications/1/commands', [{ description: 'no name' }]],
    ['GET', '/gateway/nowhere', undefined],
    ['GET', '/gateway/bot', { a: 'body' }],
  ])('refuses %s %s with %j', (method, path, body) => {
    expect(specFaults(method, path, body)).toHaveLength(1)
  })

  it('refuses answers of the stand-in that Discord would not give', () => {
    const guild = { id: '1', name: 'Home', icon: null, banner: null, owner: false, features: [] }
    const answer = (body: unknown) => answerFaults('GET', '/users/@me/guilds', body)
    expect(answer([{ ...guild, permissions: '8' }])).toEqual([])
    for (const wrong of [[guild], [{ ...guild, permissions: 8 }], {}]) expect(answer(wrong)).toHaveLength(1)
    expect(answerFaults('GET', '/users/nobody', [])).toHaveLength(1)
  })
})

describe('the deletion of @original', () => {
  const violations: string[] = []
  let clock = 0
  let id = 0
  const interactions = createInteractions({
    now: () => clock,
    nextId: () => String(++id),
    violate: (fault) => violations.push(fault),
  })

  function begin(kind: Exchange['kind'], message?: Exchange['message']): Exchange {
    const token = `token ${++id}`
    const exchange: Exchange = {
      ...{ kind, id: String(id), token, channel: 'general', createdAt: clock, message },
      ...{ ack: undefined, edits: 0, asides: [], posts: [], choices: undefined },
    }
    interactions.add(exchange)
    return exchange
  }

  function posted() {
    const shared = begin('button')
    interactions.callback(shared.id, shared.token, { type: 6 })
    interactions.followUp(shared.token, { ...QUIET, content: 'x' }, new Map())
    const [message] = shared.posts
    return { shared, pressed: begin('button', message) }
  }

  const codeOf = ({ status, body }: { status: number; body?: unknown }) => [
    status,
    (body as { code?: number } | undefined)?.code,
  ]

  it('after a deferred update takes away what was pressed, once, and there is nothing left to edit', () => {
    const { shared, pressed } = posted()
    interactions.callback(pressed.id, pressed.token, { type: 6 })
    expect(interactions.remove(pressed.token).status).toBe(204)
    expect(shared.posts).toEqual([])
    expect(codeOf(interactions.remove(pressed.token))).toEqual([404, 10008])
    const edit = interactions.edit(pressed.token, { ...QUIET, content: 'y' }, new Map())
    expect(codeOf(edit)).toEqual([404, 10008])
  })

  it('after a deferred reply takes away the reply, and leaves what was pressed', () => {
    const { shared, pressed } = posted()
    interactions.callback(pressed.id, pressed.token, { type: 5, data: { flags: 64 } })
    expect(interactions.remove(pressed.token).status).toBe(204)
    expect(shared.posts).toHaveLength(1)
  })

  it('is refused before the acknowledgement, and when the token is over', () => {
    const { shared, pressed } = posted()
    expect(codeOf(interactions.remove(pressed.token))).toEqual([404, 10015])
    interactions.callback(pressed.id, pressed.token, { type: 6 })
    clock += 15 * 60_000 + 1
    expect(codeOf(interactions.remove(pressed.token))).toEqual([401, 50027])
    expect(shared.posts).toHaveLength(1)
    expect(violations).toEqual([])
  })

  it('takes no body', () => {
    const path = '/webhooks/1/t/messages/@original'
    expect(specFaults('DELETE', path, undefined)).toEqual([])
    expect(specFaults('DELETE', path, {})).toHaveLength(1)
  })
})
