import { afterEach, beforeEach, expect, it } from 'vitest'
import { commandBody, registerCommands } from '../../../bot/discord/register.ts'
import { COMMANDS, recommend } from '../../../core/commands.ts'
import { type DiscordServer, startDiscordServer } from '../../support/discord-server.ts'
import { type FakeApp, fakeApp } from './fake-app.ts'

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
  expect(discord.commands.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name))
  expect(discord.commands[0]).toMatchObject({
    contexts: [0, 1, 2],
    integration_types: [0, 1],
    options: [
      { name: 'steam_id', type: 3, required: true, max_length: 200 },
      { name: 'genre', type: 3, autocomplete: true, max_length: 100 },
      { name: 'max_price', type: 10, min_value: 0, max_value: 1000 },
      { name: 'count', type: 4, min_value: 1, max_value: 20 },
    ],
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

it('publishes again where Discord knows other commands', async () => {
  await register()
  discord.publish([{ ...discord.commands[0], name: 'recommend', description: 'As in an older version' }])
  await register()
  expect(puts()).toBe(2)
  expect(discord.commands[0]?.description).toBe(recommend.description)
})

it('gets through a server error and a rate limit', async () => {
  discord.fail({ path: /commands$/, method: 'PUT', status: 502 })
  discord.fail({ path: /commands$/, method: 'GET', status: 429, retryAfter: 0.1 })
  await register()
  expect(discord.commands).toHaveLength(COMMANDS.length)
})

it('tells the operator of a refused token without showing it', async () => {
  const error: unknown = await register('a.bad.token').catch((refused: unknown) => refused)
  expect(String(error)).toContain('Discord refused DISCORD_TOKEN')
  expect(String(error)).not.toContain('a.bad.token')
})

it.each([
  ['an upper-case name', { ...recommend, name: 'Recommend' }],
  ['a name with a space', { ...recommend, name: 'recommend me' }],
  ['a long name', { ...recommend, name: 'r'.repeat(33) }],
  ['no description', { ...recommend, description: '' }],
  ['a long description', { ...recommend, description: 'd'.repeat(101) }],
])('refuses %s before Discord does', (_what, command) => {
  expect(() => commandBody(command)).toThrow(/Discord|description/)
})

it('puts required options first, as Discord wants them', () => {
  const command = commandBody({ ...recommend, options: recommend.options.toReversed() })
  expect(command.options?.map(({ required }) => required)).toEqual([true, false, false, false])
})
