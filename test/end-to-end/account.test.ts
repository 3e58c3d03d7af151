import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DiscordServer, startDiscordServer } from '../support/discord/server.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { type Program, startProgram } from '../support/program.ts'
import { type SlackServer, startSlackServer } from '../support/slack/server.ts'
import { type OpenIdServer, startOpenId } from '../support/steam/open-id-server.ts'
import { type SteamServer, startSteam } from '../support/steam/steam-server.ts'

/**
 * One's own account from beginning to end over real sockets: by a code in the name where nobody reaches the program, by
 * signing in where somebody does. Two programs on one database, one before each platform.
 */
const ROBIN = '76561197960287930'
const MARIAN = '76561197960287931'
const PUBLIC_URL = 'https://bot.example'

/** Picks come from the catalogue: no worker is needed for what is tried here. */
const NO_WORKER = { INFERENCE_URL: 'http://127.0.0.1:9' }

let database: Awaited<ReturnType<typeof testDatabaseAt>>
let steam: SteamServer
let openId: OpenIdServer
let discord: DiscordServer
let slack: SlackServer
let unreachable: Program
let reachable: Program

beforeAll(async () => {
  database = await testDatabaseAt()
  steam = await startSteam()
  openId = await startOpenId()
  discord = await startDiscordServer()
  slack = await startSlackServer({ mode: 'socket' })
  for (const id of [ROBIN, MARIAN])
    steam.player(id, { games: [{ appid: 620, minutes: 60, name: 'Portal 2' }] })
  const common = {
    ...NO_WORKER,
    DATABASE_URL: database.url,
    STEAM_API_KEY: steam.key,
    STEAM_API_URL: steam.url,
  }
  unreachable = await startProgram({
    ...common,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  })
  reachable = await startProgram({
    ...common,
    PUBLIC_URL,
    STEAM_OPENID_URL: openId.provider,
    SLACK_BOT_TOKEN: slack.options.botToken,
    SLACK_APP_TOKEN: slack.options.mode.kind === 'socket' ? slack.options.mode.appToken : '',
    SLACK_API_URL: slack.options.apiUrl,
  })
})

afterAll(async () => {
  await unreachable.stop()
  await reachable.stop()
  await steam.stop()
  await openId.stop()
  await discord.stop()
  await slack.close()
  expect(steam.violations).toEqual([])
})

/** In which tables a text stands, in whatever column. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_schema || '.' || table_name as name from information_schema.tables
    where table_schema in ('lake', 'warehouse') order by 1
  `.execute(database.db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql`
      select 1 from ${sql.table(name)} as stored where strpos(to_jsonb(stored)::text, ${text}) > 0 limit 1
    `.execute(database.db)
    if (rows.length > 0) found.push(name)
  }
  return found
}

/** As a browser does, through the proxy in front of the program. */
async function visit(address: string | URL): Promise<string> {
  const { origin, pathname, search } = new URL(address)
  expect(origin).toBe(PUBLIC_URL)
  return (await fetch(`${reachable.url}${pathname}${search}`)).text()
}

describe('an account in Discord', () => {
  it('is linked, proven by its name, of use, told of and forgotten', async () => {
    const linked = await discord.command('link', { steam_id: ROBIN })
    const code = /IS-[0-9A-Z]{10}/.exec(linked.message?.content ?? '')?.[0] ?? 'no code'
    const early = await discord.press(linked, '🔎 Check my name')
    expect(early.asides[0]?.content).toContain('without the code')
    steam.player(ROBIN, {
      games: [{ appid: 620, minutes: 60, name: 'Portal 2' }],
      persona: `robin ${code}`,
    })
    const proven = await discord.press(linked, '🔎 Check my name')
    expect(proven.message?.content).toContain(`${ROBIN} is yours`)

    const picks = await discord.command('recommend', {})
    expect(picks.message?.embeds.length).toBeGreaterThan(0)
    const told = await discord.command('privacy', {})
    expect(told.message?.content).toContain(`${ROBIN}, linked on`)

    const exported = await discord.command('export', {})
    const [file] = exported.message?.files ?? []
    expect(JSON.parse(file?.bytes.toString() ?? '{}')).toMatchObject({
      'warehouse.link': [{ steam_id: ROBIN }],
      'lake.library_snapshot': { steam_id: ROBIN, games: [{ game: 620 }] },
    })

    const asked = await discord.command('forget-me', {})
    expect(await tablesWith(ROBIN)).toEqual(['lake.library_snapshot', 'warehouse.link'])
    const forgotten = await discord.press(asked, '🗑 Delete everything')
    expect(forgotten.message?.content).toContain('Nothing about you is stored')
    expect(await tablesWith(ROBIN)).toEqual([])
    // The bot's own connections are noted there.
    expect(await tablesWith('discord:')).toEqual(['warehouse.pace'])
    expect(await tablesWith('discord:4242')).toEqual([])
  })
})

describe('an account in Slack', () => {
  it('is linked, proven by signing in, and unlinked', async () => {
    const linked = await slack.command('/indiescout', `link ${MARIAN}`)
    const address = /https:\/\/bot\.example\/steam\/login\?state=[\w-]+/.exec(
      JSON.stringify(linked.ephemeral?.blocks),
    )?.[0]
    const page = await visit(address ?? 'https://no.example')
    const toSteam = /href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(await visit(openId.signIn(toSteam, MARIAN))).toContain(`Verified: ${MARIAN}`)

    const told = await slack.command('/indiescout', 'privacy')
    expect(told.ephemeral?.words).toContain('and verified')
    const refused = await discord.command('link', { steam_id: MARIAN })
    expect(refused.message?.content).toContain('Somebody else has already verified that')

    const gone = await slack.command('/indiescout', 'unlink')
    expect(gone.ephemeral?.words).toContain('is no longer linked')
    expect(await tablesWith(MARIAN)).toEqual([])
  })

  it('goes with all that is stored when the app leaves the workspace', async () => {
    await slack.command('/indiescout', `link ${MARIAN}`)
    const [stored] = await tablesWith('slack:')
    expect(stored).toBeDefined()
    const { rows } = await sql<{ team: string }>`
      select split_part(user_key, '.', 1) as team from warehouse.link where steam_id = ${MARIAN}
    `.execute(database.db)
    await reachable.app.removed(rows[0]?.team as `slack:${string}`)
    expect(await tablesWith('slack:')).toEqual([])
    expect(await tablesWith(MARIAN)).toEqual([])
  })
})
