import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type DiscordServer, startDiscordServer } from '../support/discord/server.ts'
import { temporaryFolder } from '../support/folder.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { startProgram } from '../support/program.ts'

/** What can fail on this machine fails before Discord counts a start. */
const { db, url } = await testDatabaseAt()
const taken = createServer()
let discord: DiscordServer

beforeAll(async () => {
  discord = await startDiscordServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  expect(discord.gateway.identified).toBe(0)
  expect(discord.requests).toEqual([])
})
afterAll(async () => {
  taken.close()
  await discord.stop()
})

const begin = (settings: Readonly<Record<string, string>>) =>
  startProgram({
    ...{ DATABASE_URL: url, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    ...settings,
  })

it('a taken port, at once', async () => {
  const { port } = taken.address() as { port: number }
  await expect(begin({ HTTP_PORT: String(port) })).rejects.toThrow(`port ${port} on 127.0.0.1 is taken`)
})

it.each(['203.0.113.1', 'no-such-host.invalid'])('an address of another machine: %s', async (host) => {
  await expect(begin({ HTTP_HOST: host })).rejects.toThrow(`${host} is no address of this machine`)
})

it('a database that is not there', async () => {
  await expect(begin({ DATABASE_URL: url.replace(/[^/]+$/, 'nowhere') })).rejects.toThrow('nowhere')
})

it('a database that does not answer in time', async () => {
  const settings = { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/d', DATABASE_WAIT_SECONDS: '0' }
  await expect(begin(settings)).rejects.toThrow('does not answer')
})

it('a model folder that is a file', async () => {
  const file = path.join(await temporaryFolder(), 'models')
  await writeFile(file, '')
  await expect(begin({ MODEL_DIR: file })).rejects.toThrow(file)
})

it('and a start that reaches Discord is noted, for the next one', async () => {
  const other = await startDiscordServer()
  const program = await begin({ DISCORD_TOKEN: other.token, DISCORD_API_URL: other.apiUrl })
  expect(other.gateway.identified).toBe(1)
  await program.stop()
  await other.stop()
  const rows = await db.selectFrom('warehouse.pace').select('key').execute()
  expect(rows).toContainEqual({ key: 'discord:starts:0/1' })
})

it('a setting', async () => {
  await expect(begin({ REFRESH_CRON: 'never' })).rejects.toThrow('REFRESH_CRON')
})
