import { PermissionFlagsBits } from 'discord.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { inviteUrl } from '../../../bot/discord/send/permissions.ts'
import { discordServersCheck } from '../../../bot/discord/setup/checks.ts'
import { renderFinding, runCheck } from '../../../bot/platform/finding.ts'
import type { Guild } from '../../support/discord/guilds.ts'
import { APPLICATION_ID } from '../../support/discord/payloads.ts'
import { type DiscordServer, startDiscordServer } from '../../support/discord/server.ts'

const { Administrator, AttachFiles, EmbedLinks, ReadMessageHistory, SendMessages, SendMessagesInThreads } =
  PermissionFlagsBits
const ALL =
  PermissionFlagsBits.ViewChannel |
  SendMessages |
  SendMessagesInThreads |
  EmbedLinks |
  AttachFiles |
  ReadMessageHistory
const INVITE = inviteUrl(APPLICATION_ID)

let discord: DiscordServer

beforeEach(async () => {
  discord = await startDiscordServer()
})

afterEach(() => discord.stop())

const guild = (at: number, permissions: bigint, name = `Den ${at}`): Guild => ({
  id: String(290926798626357000n + BigInt(at)),
  ...{ name, permissions },
})

async function check() {
  const { token, apiUrl } = discord
  return runCheck('Discord servers', discordServersCheck({ token, apiUrl }))
}

it('servers where everything is granted are well, and so are those where the bot is an administrator', async () => {
  discord.join([guild(1, ALL), guild(2, Administrator), guild(3, ALL | PermissionFlagsBits.KickMembers)])
  expect(await check()).toMatchObject({ state: 'well', detail: 'all permissions granted in all 3' })
})

it('servers that lack a permission are told by name, three of them, with how to grant it', async () => {
  discord.join([
    guild(1, ALL & ~EmbedLinks),
    guild(2, ALL),
    ...[3, 4, 5, 6].map((at) => guild(at, ALL & ~(SendMessages | SendMessagesInThreads))),
  ])
  const sends = 'lacks Send Messages, Send Messages in Threads'
  expect(await check()).toMatchObject({
    state: 'ill',
    detail: `“Den 1” lacks Embed Links; “Den 3” ${sends}; “Den 4” ${sends}; and 2 more`,
    fix: expect.stringContaining(INVITE),
  })
})

it.each([199, 200, 201, 450])('all of %i servers are looked at, page by page', async (count) => {
  const last = guild(count, ALL & ~ReadMessageHistory)
  discord.join([last, ...Array.from({ length: count - 1 }, (_, at) => guild(at + 1, ALL))])
  expect((await check()).detail).toBe(`“${last.name}” lacks Read Message History`)
})

it('a bot that is in no server is told the way into one', async () => {
  expect(renderFinding(await check())).toBe(
    `– Discord servers: the bot is in no server → add it with ${INVITE}`,
  )
})

it("a server's name does nothing to the terminal", async () => {
  const hostile = `\u001B[2J\u001B]0;title\u0007\nwell ✓\u202Enwod ${'x'.repeat(200)}`
  discord.join([guild(1, ALL & ~AttachFiles, hostile)])
  const line = renderFinding(await check())
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(line).toContain('…” lacks Attach Files')
  expect(line.length).toBeLessThan(350)
})

it('a refused token is told, and never shown', async () => {
  const refused = await runCheck(
    'Discord servers',
    discordServersCheck({ token: 'not.the.token', apiUrl: discord.apiUrl }),
  )
  expect(refused).toMatchObject({ state: 'ill', detail: expect.stringContaining('DISCORD_TOKEN') })
  expect(renderFinding(refused)).not.toContain('not.the.token')
})

it('a refusal of the list is told without the token', async () => {
  discord.fail({ path: /guilds$/, status: 403, code: 50001 })
  const finding = await check()
  expect(finding.state).toBe('ill')
  expect(renderFinding(finding)).not.toContain(discord.token)
})
