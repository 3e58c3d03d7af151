import { afterEach, expect, it } from 'vitest'
import type { Reply } from '../../../../core/reply.ts'
import { fileReply, pictureReply } from '../../../support/builders/charts.ts'
import { cover } from '../../../support/builders/digests.ts'
import { sizeOfPng } from '../../../support/images/png.ts'
import { type SlackBot, startSlackBot } from '../../../support/slack/bot.ts'

let running: SlackBot | undefined

afterEach(async () => {
  await running?.close()
  running = undefined
})

async function start(reply: Reply) {
  running = await startSlackBot('socket', () => reply)
  return running
}

it('sends a chart as a picture by direct message, with its words, and says where it is', async () => {
  const { slack } = await start(pictureReply)
  const shown = await slack.command('/taste', '', { user: 'U777' })
  expect(slack.files.map(({ user, name, alt }) => ({ user, name, alt }))).toEqual([
    { user: 'U777', name: 'taste.png', alt: 'Game taste; Roguelike: share of playtime 42% · avg 3%' },
  ])
  expect(sizeOfPng(slack.files[0]?.bytes).width).toBe(1520)
  expect(shown.ephemeral?.words).toBe(
    'Taste based on 201 games\nI’ve sent it to you in a direct message.\nPowered by Steam',
  )
})

it('sends a cover as it was drawn, and is silent about one that Slack does not take', async () => {
  const { slack } = await start({ ...pictureReply, attachments: [cover('Hades')] })
  await slack.command('/taste', '')
  expect(slack.files.map(({ name, alt, bytes }) => [name, alt, bytes])).toEqual([
    ['cover.png', 'Hades', Buffer.from(cover('Hades').png)],
  ])
  slack.fail('files.getUploadURLExternal', { error: 'file_uploads_disabled' })
  const shown = await slack.command('/taste', '')
  expect(shown.ephemeral?.words).toBe('Taste based on 201 games\nPowered by Steam')
})

it('sends a file as it is', async () => {
  const { slack } = await start(fileReply)
  await slack.command('/indiescout', 'export', { user: 'U777' })
  expect(slack.files.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
    ['indiescout.json', '{"locale":"ko"}'],
  ])
})

it('keeps to the longest alt text that Slack takes', async () => {
  const [chart] = pictureReply.attachments
  if (chart?.kind !== 'chart') throw new Error('no chart')
  const { slack } = await start({ ...pictureReply, attachments: [{ ...chart, alt: 'é'.repeat(5_000) }] })
  await slack.command('/taste', '')
  expect(slack.files[0]?.alt).toHaveLength(1000)
})

it.each([
  ['files.getUploadURLExternal', { error: 'file_uploads_disabled' }],
  ['files.completeUploadExternal', { error: 'channel_not_found' }],
  ['conversations.open', { error: 'missing_scope' }],
] as const)('tells a picture in words where %s is refused', async (method, failure) => {
  const { slack, lines } = await start(pictureReply)
  slack.fail(method, failure)
  const shown = await slack.command('/taste', '')
  expect(slack.files).toEqual([])
  expect(shown.ephemeral?.words).toBe(
    'Taste based on 201 games\nGame taste; Roguelike: share of playtime 42% · avg 3%\nPowered by Steam',
  )
  expect(lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toContain(
    'could not upload a file to Slack',
  )
})

it('names a reference where a file could not be sent', async () => {
  const { slack, lines } = await start(fileReply)
  slack.fail('upload_url', { status: 500 }, { status: 500 })
  const shown = await slack.command('/indiescout', 'export')
  const reference = lines.find(({ message }) => message === 'could not upload a file to Slack')?.fields
    .reference
  expect(shown.ephemeral?.words).toContain(`(reference ${String(reference)})`)
  expect(JSON.stringify(lines)).not.toContain('/upload/')
})

it.each(['reset', { status: 503 }] as const)(
  'uploads again where the first try ended in %j',
  async (failure) => {
    const { slack } = await start(pictureReply)
    slack.fail('upload_url', failure)
    await slack.command('/taste', '')
    expect(slack.files).toHaveLength(1)
  },
)
