import { afterEach, beforeEach, expect, it } from 'vitest'
import { inviteUrl } from '../../../../bot/discord/send/permissions.ts'
import { commandBodies, commandBody } from '../../../../bot/discord/setup/command-body.ts'
import { registerCommands } from '../../../../bot/discord/setup/register.ts'
import { COMMANDS } from '../../../../core/commands/catalogue.ts'
import { ENTRIES } from '../../../../core/commands/groups.ts'
import { stringsIn } from '../../../../core/strings/strings.ts'
import type { CommandBody } from '../../../support/discord/command-rules.ts'
import { type FakeApp, fakeApp } from '../../../support/discord/fake-app.ts'
import { APPLICATION_ID } from '../../../support/discord/payloads.ts'
import { type DiscordServer, startDiscordServer } from '../../../support/discord/server.ts'

let discord: DiscordServer
let app: FakeApp

beforeEach(async () => {
  discord = await startDiscordServer()
  app = fakeApp()
})

afterEach(() => discord.stop())

const register = (token = discord.token) => registerCommands({ token, apiUrl: discord.apiUrl, log: app.log })
const puts = () => discord.requests.filter(({ method }) => method === 'PUT').length

it('publishes every command, with its limits and its completion', async () => {
  await register()
  expect(discord.commands.map(({ name }) => name)).toEqual([
    ...new Set(COMMANDS.map(({ name }) => name.split(' ')[0])),
  ])
  expect(discord.commands[0]).toMatchObject({
    contexts: [0, 1, 2],
    integration_types: [0, 1],
  })
  const [recommend, curate] = discord.commands
  expect(recommend?.options).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'steam_id', type: 3, max_length: 200 }),
      expect.objectContaining({ name: 'like', type: 3, autocomplete: true }),
      expect.objectContaining({ name: 'genre', type: 3, autocomplete: true }),
      expect.objectContaining({ name: 'max_price', type: 10, min_value: 0, max_value: 100_000_000 }),
      expect.objectContaining({ name: 'on_sale', type: 5 }),
      expect.objectContaining({ name: 'count', type: 4, min_value: 1, max_value: 20 }),
    ]),
  )
  expect(curate?.options?.[0]).toMatchObject({ name: 'genre', required: true, autocomplete: true })
})

it('names and describes commands, options and choices in Korean too', async () => {
  await register()
  const recommend = discord.commands.find(({ name }) => name === 'recommend')
  const { recommend: words } = stringsIn('ko').commands
  expect(recommend).toMatchObject({
    name: 'recommend',
    name_localizations: { ko: '추천' },
    description_localizations: { ko: words.description },
  })
  expect(recommend?.options?.find(({ name }) => name === 'discovery')).toMatchObject({
    name_localizations: { ko: '추천_성향' },
    description_localizations: { ko: words.options.discovery },
    choices: expect.arrayContaining([
      { name: 'Hidden gems', value: 'hidden-gems', name_localizations: { ko: '숨은 명작' } },
    ]),
  })
})

it('changes nothing the second time', async () => {
  await register()
  await register()
  expect(puts()).toBe(1)
  expect(app.lines.map(({ message }) => message)).toEqual([
    "registered Discord's commands",
    "Discord's commands are up to date",
  ])
})

it('tells the link that adds the bot to a server, ready to be opened', async () => {
  await register()
  await register()
  expect(app.lines.map(({ fields }) => fields.invite)).toEqual([
    inviteUrl(APPLICATION_ID),
    inviteUrl(APPLICATION_ID),
  ])
})

it('publishes again where Discord knows other commands', async () => {
  await register()
  discord.publish([{ ...discord.commands[0], name: 'recommend', description: 'As in an older version' }])
  await register()
  expect(puts()).toBe(2)
  expect(discord.commands[0]?.description).toBe(stringsIn('en').commands.recommend.description)
})

it.each<[string, (command: CommandBody) => CommandBody]>([
  ['description', (command) => ({ ...command, description_localizations: { ko: '예전 설명' } })],
  ['name', (command) => ({ ...command, name_localizations: { ko: '예전이름' } })],
  ['names at all', ({ name_localizations: _, ...command }) => command],
  ['name of an option', withOldOption],
])('publishes again where Discord knows another language by an older %s', async (_what, older) => {
  await register()
  const [first, ...others] = discord.commands
  if (!first) throw new Error('nothing was published')
  discord.publish([older(first), ...others])
  await register()
  expect(puts()).toBe(2)
})

function withOldOption(command: CommandBody): CommandBody {
  const [option, ...others] = command.options ?? []
  if (!option) throw new Error('it has no option')
  return { ...command, options: [{ ...option, name_localizations: { ko: '예전이름' } }, ...others] }
}

it('gets through a server error and a rate limit', async () => {
  discord.fail({ path: /commands$/, method: 'PUT', status: 502 })
  discord.fail({ path: /commands$/, method: 'GET', status: 429, retryAfter: 0.1 })
  await register()
  expect(discord.commands).toHaveLength(ENTRIES.length)
})

it('tells the operator of a refused token without showing it', async () => {
  const error: unknown = await register('a.bad.token').catch((refused: unknown) => refused)
  expect(String(error)).toContain('Discord refused DISCORD_TOKEN')
  expect(String(error)).not.toContain('a.bad.token')
})

it.each(commandBodies())(
  'puts required options of /$name first, as Discord wants them',
  ({ options = [] }) => {
    const required = options.map((option) => 'required' in option && option.required === true)
    expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)))
  },
)

it('refuses a name that Discord would refuse', () => {
  const [recommend] = COMMANDS
  const command = { ...recommend, name: 'Recommend' as 'recommend' }
  expect(() => commandBody({ kind: 'command', command })).toThrow('takes no name')
})
