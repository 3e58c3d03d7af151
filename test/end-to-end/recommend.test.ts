import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANYTHING } from '../../core/commands/filter-input.ts'
import type { SteamId } from '../../core/ids.ts'
import { parseSteamId64 } from '../../core/ids.ts'
import { sampleLibraries } from '../../db/import/sample/sample.ts'
import { createSnapshots } from '../../db/people/snapshots.ts'
import { asker } from '../support/builders/requesters.ts'
import type { Exchange } from '../support/discord/server.ts'
import { type Communities, startCommunities } from '../support/fakes/communities.ts'
import { startProgram } from '../support/program.ts'

/**
 * The whole way over real sockets: a command in Discord or Slack, the library from Steam, picks from the worker, cards
 * from PostgreSQL. The sample's games and a model trained on its synthetic players.
 */
const PLAYER = '76561197960287930'
const HIDDEN = '76561197960287931'
const STRANGER = '76561197960287932'
const EMPTY = '76561197960287933'

const [strategist] = sampleLibraries()
const games = (strategist?.games ?? []).map(({ game, minutes, name }) => ({
  appid: game as number,
  minutes,
  ...(name !== undefined && { name }),
}))

let all: Communities

beforeAll(async () => {
  all = await startCommunities()
  all.steam.player(PLAYER, { games, vanity: 'strategist' })
  all.steam.player(HIDDEN, { visibility: 'hidden-games' })
  all.steam.player(EMPTY, { games: [] })
})

afterAll(() => all.stop())

/** As people read them: without the escapes of Markdown. */
const titles = (exchange: Exchange) =>
  exchange.message?.embeds.map((embed) => embed.title?.replaceAll('\\', '')) ?? []

const appids = (exchange: Exchange) =>
  (exchange.message?.embeds ?? []).map((embed) => {
    expect(embed.url).toMatch(/^https:\/\/store\.steampowered\.com\/app\/\d+$/)
    return Number(embed.url?.split('/').at(-1))
  })

describe('/recommend in Discord', () => {
  it('answers in private with cards of games that are not owned, and with why', async () => {
    const shown = await all.discord.command('recommend', { steam_id: PLAYER })
    expect(shown.message?.content).toContain(`${games.length} games`)
    expect(titles(shown)).toHaveLength(5)
    const owned = new Set(games.map((game) => game.appid))
    expect(appids(shown).filter((appid) => owned.has(appid))).toEqual([])
    for (const embed of shown.message?.embeds ?? []) expect(embed.description).toContain('Because you own')
    expect(JSON.stringify(shown.message?.embeds)).toMatch(/Strategy|Tower Defense|RTS/)
  })

  it('finds the player by a custom name, and fetched the library once for both', async () => {
    const shown = await all.discord.command('recommend', {
      steam_id: 'https://steamcommunity.com/id/strategist/',
    })
    expect(titles(shown)).toHaveLength(5)
    expect(all.steam.requests.filter((call) => call.method === 'GetOwnedGames')).toHaveLength(1)
  })

  it('turns pages, and shares them once without the player', async () => {
    const shown = await all.discord.command('recommend', { steam_id: PLAYER, count: 10 })
    const first = titles(shown)
    const next = await all.discord.press(shown, 'Next ▶')
    expect(titles(next)).toHaveLength(5)
    expect(titles(next)).not.toEqual(first)
    const shared = await all.discord.press(next, '📣 Share')
    const [post] = shared.posts
    expect(post?.embeds.map((embed) => embed.url)).toEqual(next.message?.embeds.map((embed) => embed.url))
    expect(JSON.stringify(post)).not.toMatch(/7656119|Because|24 games/)
    const again = await all.discord.press(next, '📣 Share')
    expect(again.asides[0]?.content).toContain('shared already')
  })

  it('completes genres with how many games carry them, and obeys the one that is chosen', async () => {
    const choices = await all.discord.autocomplete('recommend', { genre: 'puz' }, 'genre')
    expect(choices?.[0]?.value).toBe('Puzzle')
    const shown = await all.discord.command('recommend', { steam_id: PLAYER, genre: 'puzzle', count: 3 })
    expect(titles(shown)).toHaveLength(3)
    const carrying = await all.database.db
      .selectFrom('warehouse.game')
      .select('appid')
      .where(sql<boolean>`tags ? 'Puzzle'`)
      .execute()
    const puzzles = new Set(carrying.map((row) => row.appid))
    expect(appids(shown).filter((appid) => !puzzles.has(appid))).toEqual([])
  })

  it.each([
    [HIDDEN, 'hides its games'],
    [STRANGER, 'doesn’t know that profile'],
    [EMPTY, 'is empty'],
    ['not an id!', 'isn’t a Steam ID'],
  ])('says what is wrong with %s', async (steam_id, sentence) => {
    const shown = await all.discord.command('recommend', { steam_id })
    expect(shown.message?.content).toContain(sentence)
    expect(titles(shown)).toEqual([])
  })
})

describe('/recommend in Slack', () => {
  it('answers in private with cards, turns pages and shares', async () => {
    const shown = await all.slack.command('/recommend', `${PLAYER} count:10`)
    expect(shown.ephemeral?.words).toContain('Because you own')
    const page = shown.ephemeral
    if (!page) throw new Error('nothing was shown')
    const next = await all.slack.press(page, 'Next ▶')
    expect(next.ephemeral?.replacesOriginal).toBe(true)
    expect(next.ephemeral?.words).toContain('Page 2 of 2')
    const shared = await all.slack.press(page, '📣 Share')
    expect(shared.channel?.words).not.toMatch(/7656119|Because/)
    expect(shared.channel?.words).toContain('Powered by Steam')
  })

  it('gives the same picks as Discord', async () => {
    const shown = await all.slack.command('/recommend', PLAYER)
    const there = await all.discord.command('recommend', { steam_id: PLAYER })
    const blocks = JSON.stringify(shown.ephemeral?.blocks)
    for (const embed of there.message?.embeds ?? []) expect(blocks).toContain(embed.url)
  })

  it('explains what it was given in place of a Steam ID', async () => {
    const shown = await all.slack.command('/recommend', '"not an id!"')
    expect(shown.ephemeral?.text).toContain('isn’t a Steam ID')
  })
})

describe('when a part fails', () => {
  it('serves the last snapshot while Steam is down, and says how old it is', async () => {
    const fetchedAt = new Date(Date.now() - 26 * 3_600_000)
    const steamId = parseSteamId64(STRANGER) as SteamId
    await createSnapshots(all.database.db).save({ steamId, games: strategist?.games ?? [], fetchedAt })
    all.steam.fail(Number.POSITIVE_INFINITY, { status: 503 })
    const shown = await all.discord.command('recommend', { steam_id: STRANGER })
    all.steam.heal()
    expect(shown.message?.content).toContain('uses the library from 26 hours ago')
    expect(titles(shown)).toHaveLength(5)
  })

  it('shows a reference that stands in the log when Steam is down and nothing is known', async () => {
    all.steam.fail(Number.POSITIVE_INFINITY, { status: 503 })
    const shown = await all.slack.command('/recommend', '76561197960287999')
    all.steam.heal()
    const reference = /reference (\w+)/.exec(shown.ephemeral?.text ?? '')?.[1]
    expect(shown.ephemeral?.text).toContain('Steam isn’t answering')
    expect(all.program.lines.some((line) => line.fields.reference === reference)).toBe(true)
  })

  it('picks from the catalogue, and says so, while no worker answers', async () => {
    const lonely = await startProgram({
      DATABASE_URL: all.database.url,
      MODEL_DIR: all.program.config.modelDir,
      INFERENCE_URL: 'http://127.0.0.1:9',
    })
    const reply = await lonely.app.handle({
      ...{ kind: 'recommend', filterInput: ANYTHING, discovery: 'balanced', count: 5 },
      ...asker({ user: 'terminal:test', channel: 'terminal:test', place: undefined }),
      ...{ player: { kind: 'library', games: strategist?.games ?? [] } },
    })
    await lonely.stop()
    expect(reply.blocks.filter((block) => block.kind === 'game')).toHaveLength(5)
    expect(JSON.stringify(reply)).toContain('The recommender is offline')
  })

  it('tells machines what is well and what is not', async () => {
    const ready = await fetch(`${all.program.url}/health/ready`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({
      parts: { database: { ok: true }, inference: { ok: true }, Discord: { ok: true }, Slack: { ok: true } },
    })
    expect(await (await fetch(`${all.program.url}/metrics`)).text()).toContain('process_cpu_seconds_total')
  })
})
