import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DiscordServer, type Exchange, startDiscordServer } from '../support/discord/server.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { type Program, startProgram } from '../support/program.ts'
import { CLIENT } from '../support/slack/oauth.ts'
import { type SlackServer, startSlackServer } from '../support/slack/server.ts'

/**
 * Two whole programs on one database: Discord's shards between them, Slack's events by turns to either, installed into two
 * workspaces. What one has begun, the other goes on with.
 */
let database: Awaited<ReturnType<typeof testDatabaseAt>>
let discord: DiscordServer
let slack: SlackServer
let programs: Program[]
let modelDir: string

const key = randomBytes(32).toString('base64')
const PUBLIC_URL = 'https://bot.example'

beforeAll(async () => {
  database = await testDatabaseAt()
  discord = await startDiscordServer({ identify: { maxConcurrency: 2, everyMs: 5_000 } })
  slack = await startSlackServer({ mode: 'http' })
  modelDir = await mkdtemp(path.join(tmpdir(), 'indiescout-'))
  const common = {
    DATABASE_URL: database.url,
    MODEL_DIR: modelDir,
    INFERENCE_URL: 'http://127.0.0.1:9',
    PUBLIC_URL,
    ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, SLACK_API_URL: slack.options.apiUrl },
    SLACK_SIGNING_SECRET: slack.options.mode.kind === 'http' ? slack.options.mode.signingSecret : '',
    ...{ SLACK_CLIENT_ID: CLIENT.id, SLACK_CLIENT_SECRET: CLIENT.secret },
    ...{ SLACK_STATE_SECRET: 'a-secret-of-the-operator', TOKEN_ENCRYPTION_KEY: key },
  }
  programs = []
  for (const SHARDS of ['0/2', '1/2']) programs.push(await startProgram({ ...common, SHARDS }))
  slack.sendEventsTo(...programs.map(({ url }) => `${url}/slack/events`))
})

afterAll(async () => {
  for (const program of programs) await program.stop()
  await rm(modelDir, { recursive: true, force: true })
  await discord.stop()
  await slack.close()
  const log = JSON.stringify(programs.map(({ lines }) => lines))
  for (const secret of ['xoxb-', CLIENT.secret, key, discord.token, 'stand-in-signing-secret'])
    expect(log).not.toContain(secret)
})

/** At one process, and back at the other. */
async function install(team: string) {
  const [from, to] = programs.map(({ url }) => url)
  const sent = await fetch(`${from}/slack/install`, { redirect: 'manual' })
  const back = slack.oauth.approve(sent.headers.get('location') ?? '', team)
  const cookie = sent.headers.get('set-cookie')?.split(';')[0] ?? ''
  const page = await fetch(back.replace(PUBLIC_URL, to ?? ''), { headers: { cookie } })
  expect(page.status).toBe(200)
}

const partsOf = async ({ url }: Program) => {
  const response = await fetch(`${url}/health/ready`)
  return ((await response.json()) as { parts: Record<string, { detail: string }> }).parts
}

it('shares the shards, and registers the commands once', async () => {
  expect(discord.gateway.shards).toEqual(['0/2', '1/2'])
  const parts = await Promise.all(programs.map(partsOf))
  expect(parts.map(({ Discord }) => Discord?.detail)).toEqual([
    'connected (shard 0 of 2)',
    'connected (shard 1 of 2)',
  ])
  const published = discord.requests.filter(
    ({ method, path }) => method === 'PUT' && path.endsWith('/commands'),
  )
  expect(published).toHaveLength(1)
})

it('goes on in Slack with what another process has begun', async () => {
  await install('T222')
  const shown = await slack.command('/curate', 'Strategy', { team: 'T222' })
  expect(shown.ephemeral?.words).toContain('Page 1')
  const next = await slack.press(shown.ephemeral ?? expect.unreachable(), 'Next ▶', { team: 'T222' })
  expect(next.ephemeral?.words).toContain('Page 2')
})

it('shares once what was pressed once, however often the request comes', async () => {
  await install('T222')
  const shown = await slack.command('/curate', 'Strategy', { team: 'T222' })
  const before = slack.channelPosts.length
  const shared = await slack.press(shown.ephemeral ?? expect.unreachable(), '📣 Share', {
    ...{ team: 'T222', copies: 4 },
  })
  await shared.reaches(1)
  expect(slack.channelPosts.length - before).toBe(1)
})

it('speaks in each workspace by its own token, and forgets the one that is taken away', async () => {
  await install('T222')
  await install('T333')
  const from = slack.asked.length
  await slack.command('/settings', 'mature:yes', { team: 'T222', user: 'U2' })
  await slack.command('/settings', 'mature:yes', { team: 'T333', user: 'U3' })
  expect(slack.asked.slice(from)).toEqual([
    { method: 'users.info', team: 'T222' },
    { method: 'users.info', team: 'T333' },
  ])
  const teams = () => database.db.selectFrom('warehouse.slack_installation').select('team').execute()
  // Slack did not hear our answer, and tells it again to the other process.
  await slack.happens({ type: 'app_uninstalled' }, 'T222', { copies: 2 })
  await expect.poll(teams).toEqual([{ team: 'T333' }])
  const shown = await slack.command('/curate', 'Strategy', { team: 'T222' })
  expect(shown.ephemeral?.words).toContain('Page 1')
})

const titles = ({ message }: Exchange) => message?.embeds.map(({ title }) => title) ?? []

it('answers in Discord whichever shard a place belongs to', async () => {
  for (const channel of ['general', 'dm'] as const) {
    const shown = await discord.command('curate', { genre: 'Strategy' }, { channel })
    expect(titles(shown).length).toBeGreaterThan(0)
    const first = titles(shown)
    const next = await discord.press(shown, 'Next ▶', { channel })
    expect(titles(next)).not.toEqual(first)
    expect(titles(next).length).toBeGreaterThan(0)
  }
})
