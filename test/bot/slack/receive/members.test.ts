import { afterEach, describe, expect, it } from 'vitest'
import { type SlackBot, startSlackBot } from '../../../support/slack/bot.ts'
import type { SlackServer } from '../../../support/slack/server.ts'

let running: SlackBot | undefined

async function start() {
  running = await startSlackBot('socket')
  return running
}

afterEach(async () => {
  await running?.close()
  running = undefined
})

const ADA = { user: 'U777' }
const set = (slack: SlackServer, text = 'settings mature:yes') => slack.command('/indiescout', text, ADA)

describe('a setting of the workspace', () => {
  it.each([
    ['an admin', { role: 'admin' }, 'place'],
    ['an owner', { role: 'owner' }, 'place'],
    ['the primary owner', { role: 'primary owner' }, 'place'],
    ['a member', {}, 'nothing'],
    ['an admin of another workspace', { role: 'admin', team: 'T999' }, 'nothing'],
  ] as const)('comes with what %s may manage', async (_who, person, manages) => {
    const { slack, asks } = await start()
    slack.appoint(ADA.user, person)
    await set(slack)
    expect(asks).toMatchObject([{ kind: 'settings', mature: true, manages, place: 'slack:T111' }])
  })

  it('asks Slack anew each time, since rights are taken away', async () => {
    const { slack, asks } = await start()
    slack.appoint(ADA.user, { role: 'admin' })
    slack.speaks(ADA.user, 'ko-KR')
    await set(slack)
    slack.appoint(ADA.user, {})
    await set(slack)
    expect(asks).toMatchObject([
      { manages: 'place', locale: 'ko' },
      { manages: 'nothing', locale: 'ko' },
    ])
  })

  it('waits for Slack longer than a language does', async () => {
    const { slack, asks } = await start()
    slack.appoint(ADA.user, { role: 'owner' })
    slack.fail('users.info', { status: 503 }, { status: 503 })
    await set(slack)
    expect(asks).toMatchObject([{ manages: 'place' }])
  })

  it.each([
    ['does not answer', (slack: SlackServer) => slack.fail('users.info', { error: 'internal_error' })],
    ['gives no such right', (slack: SlackServer) => slack.grant(['commands', 'chat:write'])],
  ])('is of somebody unknown where Slack %s, and leaves a log line', async (_why, spoil) => {
    const { slack, asks, troubles } = await start()
    slack.appoint(ADA.user, { role: 'owner' })
    spoil(slack)
    await set(slack)
    expect(asks).toMatchObject([{ kind: 'settings', manages: 'unknown' }])
    expect(troubles()).toMatchObject([{ level: 'warn', message: 'could not look up a Slack user' }])
  })

  it.each([
    ['settings mature:yes', 2],
    ['settings block:"Hades"', 2],
    ['settings channels:here', 2],
    ['settings server_language:ko', 2],
    ['settings language:ko', 1],
    ['settings', 1],
    ['privacy', 1],
  ])('is what %j sets or does not: Slack is asked %i times in two', async (text, times) => {
    const { slack } = await start()
    await set(slack, text)
    await set(slack, text)
    expect(slack.calls.filter((call) => call === 'users.info')).toHaveLength(times)
  })
})

describe('where somebody is', () => {
  it.each([
    ['a channel', { id: 'C42', name: 'games' }, 'slack:T111'],
    ['a private channel', { id: 'G42', name: 'privategroup' }, 'slack:T111'],
    ['direct messages', { id: 'D42', name: 'directmessage' }, undefined],
    ['direct messages of several', { id: 'C43', name: 'mpdm-ada--bob--cy-1' }, undefined],
  ])('is a place in %s', async (_what, channel, place) => {
    const { slack, asks } = await start()
    const shown = await slack.command('/recommend', 'x', { channel })
    await slack.press(shown.messages[0] ?? expect.unreachable(), 'Next ▶', { channel })
    const told = { channel: `slack:T111.${channel.id}`, place, matureAllowed: place !== undefined }
    expect(asks).toMatchObject([
      { kind: 'recommend', ...told },
      { kind: 'press', ...told },
    ])
  })

  it('names channels of the workspace by mention, or as "here"', async () => {
    const { slack, asks } = await start()
    await set(slack, 'settings channels:<#C42|games> <#G43>, here mature:no')
    expect(asks).toMatchObject([
      { channels: ['slack:T111.C42', 'slack:T111.G43', 'slack:T111.C111'], mature: false },
    ])
    const shown = await set(slack, 'settings channels:#games')
    expect(shown.ephemeral?.words).toContain('“#games” isn’t a channel')
    expect(shown.ephemeral?.words).toContain('/indiescout settings channels:here')
  })
})
