import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Discord, startDiscord } from '../../../../bot/discord/adapter.ts'
import type { Reply } from '../../../../core/reply.ts'
import { fileReply, hostileChart, pictureReply } from '../../../support/builders/charts.ts'
import { cover } from '../../../support/builders/digests.ts'
import { replies } from '../../../support/builders/replies.ts'
import { type FakeApp, fakeApp } from '../../../support/discord/fake-app.ts'
import { type DiscordServer, startDiscordServer } from '../../../support/discord/server.ts'
import { sizeOfPng } from '../../../support/images/png.ts'

const PRESSED = { ...replies.plain, buttons: replies.plain.buttons }

let discord: DiscordServer
let app: FakeApp
let bot: Discord

beforeEach(async () => {
  discord = await startDiscordServer()
  app = fakeApp()
  bot = await startDiscord({
    token: discord.token,
    apiUrl: discord.apiUrl,
    app,
    log: app.log,
  })
})

afterEach(async () => {
  await bot.stop()
  await discord.stop()
})

async function shown(reply: Reply) {
  app.reply = () => reply
  return (await discord.command('taste', {})).message
}

it('shows a chart as a picture, with its words for those who do not see it', async () => {
  const message = await shown(pictureReply)
  expect(message?.content).toContain('Taste based on 201 games')
  expect(message?.files.map(({ name, description }) => [name, description])).toEqual([
    ['taste.png', 'Game taste; Roguelike: share of playtime 42% · avg 3%'],
  ])
  expect(sizeOfPng(message?.files[0]?.bytes)).toEqual({ width: 1520, height: expect.any(Number) })
})

it('keeps to the longest alt text that Discord takes', async () => {
  const [chart] = pictureReply.attachments
  const message = await shown({
    ...pictureReply,
    attachments: chart ? [{ ...chart, alt: 'é'.repeat(5_000) } as typeof chart] : [],
  })
  expect(message?.files[0]?.description).toHaveLength(1024)
})

it('tells a picture in words where it cannot be drawn', async () => {
  const broken = {
    ...hostileChart('x'),
    groups: [{ title: 'x', rows: [{ label: 'x', bars: [undefined as never] }] }],
  }
  const message = await shown({
    ...pictureReply,
    attachments: [{ kind: 'chart', name: 'taste.png', chart: broken, alt: 'Much Roguelike' }],
  })
  expect(message?.files).toEqual([])
  expect(message?.content).toContain('Much Roguelike')
  await app.logged('could not draw an image')
})

it('shows a cover as it was drawn, with its words', async () => {
  const message = await shown({ ...pictureReply, attachments: [cover('Hades')] })
  expect(message?.files).toEqual([
    { name: 'cover.png', description: 'Hades', bytes: Buffer.from(cover('Hades').png) },
  ])
})

it('hands out a file as it is', async () => {
  const message = await shown(fileReply)
  expect(message?.files.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
    ['indiescout.json', '{"locale":"ko"}'],
  ])
})

it('sends the picture once where the first try got no answer', async () => {
  discord.fail({ path: /messages\/@original/, status: 'reset', applied: true })
  expect((await shown(pictureReply))?.files).toHaveLength(1)
  await discord.until(
    () => discord.requests.filter(({ path }) => path.endsWith('@original')).length === 2,
    'a second try',
  )
})

it('takes a picture away when the message is replaced by one without', async () => {
  app.reply = () => ({ ...pictureReply, buttons: PRESSED.buttons })
  const first = await discord.command('taste', {})
  const [button] = first.message?.components[0]?.components ?? []
  app.reply = () => replies.plain
  const pressed = await discord.press(first, button?.label ?? '')
  expect(pressed.message?.files).toEqual([])
})
