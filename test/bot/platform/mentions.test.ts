import { expect, it } from 'vitest'
import { renderDiscord } from '../../../bot/discord/render/render.ts'
import { renderSlack } from '../../../bot/slack/render/render.ts'
import { renderTerminal } from '../../../bot/terminal/render.ts'
import { note } from '../../../core/cards/cards.ts'
import type { ChannelKey, UserKey } from '../../../core/ids.ts'
import type { Mention, Reply } from '../../../core/reply.ts'
import { messageFaults } from '../../support/slack/blocks.ts'

const calling = (call: Mention): Reply => ({
  ...note('answer', 'x'),
  blocks: [{ kind: 'text', text: [{ call }, ' games!'] }],
})

function naming(member: UserKey): Reply {
  return { ...note('answer', 'x'), blocks: [{ kind: 'text', text: ['• ', { member }, ': left out'] }] }
}

it('names a member in Discord’s own way, and notifies nobody', () => {
  expect(renderDiscord(naming('discord:4242'))).toMatchObject({
    content: '• <@4242>\\: left out',
    allowedMentions: { parse: [] },
  })
})

it('names a member in Slack’s own way, privately', () => {
  const message = renderSlack(naming('slack:T1.U4242'))
  expect(message.blocks).toMatchObject([{ text: { text: '• <@U4242>: left out' } }])
  expect(messageFaults({ ...message, response_type: 'ephemeral' })).toEqual([])
})

it.each(['slack:T1.U1', 'discord:1> @everyone <@2', 'slack:T1.<!channel>', 'terminal:<@1>'] as const)(
  'shows %s as text in Discord, where it is nobody',
  (member) => expect(renderDiscord(naming(member)).content).not.toMatch(/(?<!\\)<[@!]/),
)

it.each(['discord:1', 'slack:T1.<!channel>', 'slack:T1.U1> <!here', 'terminal:<@U1>'] as const)(
  'shows %s as text in Slack, where it is nobody',
  (member) => expect(JSON.stringify(renderSlack(naming(member)).blocks)).not.toMatch(/<[@!]/),
)

it('names a member in a terminal', () => {
  expect(renderTerminal(naming('terminal:ada'))).toContain('• terminal:ada: left out')
})

function pointingTo(channel: ChannelKey): Reply {
  return { ...note('answer', 'x'), blocks: [{ kind: 'text', text: ['• ', { channel }, ': here'] }] }
}

it('names a channel in each platform’s own way, and as text in a terminal', () => {
  expect(renderDiscord(pointingTo('discord:4242')).content).toBe('• <#4242>\\: here')
  const message = renderSlack(pointingTo('slack:T1.C4242'))
  expect(message.blocks).toMatchObject([{ text: { text: '• <#C4242>: here' } }])
  expect(messageFaults({ ...message, response_type: 'ephemeral' })).toEqual([])
  expect(renderTerminal(pointingTo('discord:4242'))).toContain('• discord:4242: here')
})

it.each(['slack:T1.C1', 'discord:1> @everyone <@2', 'discord:<!channel>', 'terminal:<#1>'] as const)(
  'shows %s as text in Discord, where it is no channel',
  (channel) => expect(renderDiscord(pointingTo(channel)).content).not.toMatch(/(?<!\\)<[@!#]/),
)

it.each(['discord:1', 'slack:T1.<!channel>', 'slack:T1.C1> <!here', 'terminal:<#C1>'] as const)(
  'shows %s as text in Slack, where it is no channel',
  (channel) => expect(JSON.stringify(renderSlack(pointingTo(channel)).blocks)).not.toMatch(/<[@!#]/),
)

it('names a channel in small print by its key, where no mark is shown', () => {
  const card = {
    title: 'A',
    url: 'https://a.example/',
    imageUrl: undefined,
    description: undefined,
    facts: [],
  }
  const game = { ...card, reason: undefined, mark: undefined, buttons: [], open: undefined }
  const reply: Reply = {
    ...note('answer', 'x'),
    blocks: [
      { kind: 'game', card: game },
      { kind: 'hint', text: [{ channel: 'discord:4242' }] },
    ],
  }
  expect(renderDiscord(reply).embeds[0]?.footer?.text).toBe('discord:4242')
})

it.each<[Mention, string, string]>([
  ['here', '@here games!', '<!here> games!'],
  ['everyone', '@everyone games!', '<!channel> games!'],
  [{ role: '4242' }, '<@&4242> games!', 'games!'],
  [{ role: 'S0123ABCD' }, 'games!', '<!subteam^S0123ABCD> games!'],
  [{ role: '1> @everyone <@&2' }, 'games!', 'games!'],
  [{ role: 'S1> <!channel' }, 'games!', 'games!'],
])('calls %j in each platform’s own way, or not at all', (call, discord, slack) => {
  expect(renderDiscord(calling(call))).toMatchObject({ content: discord, allowedMentions: { parse: [] } })
  expect(renderSlack(calling(call)).blocks).toMatchObject([{ text: { text: slack } }])
  expect(renderTerminal(calling(call))).toBe('games!\n')
})
