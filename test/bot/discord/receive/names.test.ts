import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Discord, startDiscord } from '../../../../bot/discord/adapter.ts'
import { registerCommands } from '../../../../bot/discord/setup/register.ts'
import { type FakeApp, fakeApp } from '../../../support/discord/fake-app.ts'
import { type DiscordServer, startDiscordServer } from '../../../support/discord/server.ts'

/** What somebody sees in a Korean client's list of commands, and what arrives of it. */

const STEAM_ID = '76561197960287930'
const IN_KOREAN = { locale: 'ko' } as const

let discord: DiscordServer
let app: FakeApp
let bot: Discord

beforeEach(async () => {
  discord = await startDiscordServer()
  app = fakeApp()
  const { token, apiUrl } = discord
  await registerCommands({ token, apiUrl, log: app.log })
  bot = await startDiscord({ token, apiUrl, app, log: app.log })
})

afterEach(async () => {
  await bot.stop()
  await discord.stop()
})

/** As people read it: without the escapes of Markdown. */
const unescaped = (text: string | undefined) => (text ?? '').replaceAll('\\', '')

it('a command picked by its Korean name is the one of the catalogue, with its options', async () => {
  const options = { 스팀_아이디: STEAM_ID, 장르: 'Puzzle', 최고_가격: 9.99, 할인_중: true, 개수: 7 }
  await discord.command('추천', options, IN_KOREAN)
  expect(app.asks).toMatchObject([
    {
      ...{ kind: 'recommend', player: { kind: 'steam', typed: STEAM_ID }, count: 7 },
      filterInput: { genres: ['Puzzle'], maxPrice: 9.99, onSale: true },
    },
  ])
})

it('an option picked by its Korean name is completed', async () => {
  app.choices = (typed, what) => [{ name: `${what}: ${typed}`, value: typed }]
  const completed = await discord.autocomplete('비슷한게임', { 게임: 'Had' }, '게임', IN_KOREAN)
  expect(completed).toEqual([{ name: 'game: Had', value: 'Had' }])
})

it('a problem names the option and the command by those names', async () => {
  const options = { 스팀_아이디: STEAM_ID, 개수: 99 }
  const shown = await discord.command('추천', options, IN_KOREAN)
  const sentence = unescaped(shown.message?.content)
  expect(sentence).toContain('개수 값은 1부터 20까지의 정수여야 해요')
  expect(sentence).toContain('/추천 좋아하는_게임:Hades 개수:5')
  expect(app.asks).toEqual([])
})

it('elsewhere they keep the names of the catalogue', async () => {
  const shown = await discord.command('recommend', { count: 99 }, { locale: 'fr' })
  expect(unescaped(shown.message?.content)).toContain('count must be a whole number')
  expect(unescaped(shown.message?.content)).toContain('/recommend like:Hades count:5')
  const unknown = await discord.command('추천', {}, { locale: 'fr' })
  expect(unescaped(unknown.message?.content)).toContain('There’s no command /추천')
})
