import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleLibraries } from '../../db/import/sample/sample.ts'
import type { Exchange } from '../support/discord/server.ts'
import { type Communities, startCommunities } from '../support/fakes/communities.ts'

/** Each command once over real sockets on both platforms, with the sample's games and model. */

const [STRATEGIST, SCARED, HIDDEN] = ['76561197960287930', '76561197960287931', '76561197960287932'] as const
const [strategy, horror] = sampleLibraries().map(({ games }) => games)

let all: Communities

beforeAll(async () => {
  all = await startCommunities()
  const owned = (games = strategy) =>
    (games ?? []).map(({ game, minutes, name = '' }) => ({ appid: game as number, minutes, name }))
  all.steam.player(STRATEGIST, { games: owned() })
  all.steam.player(SCARED, { games: owned(horror), vanity: 'scared' })
  all.steam.player(HIDDEN, { visibility: 'private', vanity: 'shy' })
})

afterAll(() => all.stop())

const titles = ({ message }: Exchange) => message?.embeds.map((embed) => embed.title) ?? []
const appids = ({ message }: Exchange) =>
  (message?.embeds ?? []).map((embed) => Number(embed.url?.split('/').at(-1)))

describe('/curate', () => {
  it('shows the best of two tags in Discord, with pages', async () => {
    const shown = await all.discord.command('curate', { genre: 'Puzzle, Platformer', count: 8 })
    expect(shown.message?.content).toContain('Puzzle and Platformer')
    expect(titles(shown)).toHaveLength(5)
    expect(titles(await all.discord.press(shown, 'Next ▶'))).toHaveLength(3)
    const rows = await all.database.db
      .selectFrom('warehouse.game')
      .select(['appid', 'label_keys'])
      .where('appid', 'in', appids(shown))
      .execute()
    for (const { label_keys } of rows)
      expect(label_keys).toEqual(expect.arrayContaining(['puzzle', 'platformer']))
  })

  it('gives the same list in Slack', async () => {
    const there = await all.discord.command('curate', { genre: 'Horror', sort: 'new' })
    const shown = await all.slack.command('/curate', 'Horror sort:new')
    const blocks = JSON.stringify(shown.ephemeral?.blocks)
    for (const appid of appids(there)) expect(blocks).toContain(`/app/${appid}`)
  })

  it('says which filter to drop where nothing is left', async () => {
    const shown = await all.discord.command('curate', {
      genre: 'Puzzle',
      min_reviews: 100_000,
      min_positive: 100,
    })
    expect(shown.message?.content).toMatch(/No indie game matches [\s\S]*\d+ games?/)
  })

  it('offers near genres in Slack, where nothing completes them', async () => {
    const shown = await all.slack.command('/curate', 'Platfomer')
    expect(shown.ephemeral?.text).toContain('Platformer')
  })
})

describe('/similar', () => {
  const [known] = (strategy ?? []).map(({ name }) => name)

  it('finds games like one, and says what they share', async () => {
    const completed = await all.discord.autocomplete('similar', { game: known?.slice(0, 4) ?? '' }, 'game')
    expect(completed?.map((choice) => choice.value)).toContain(known)
    const shown = await all.discord.command('similar', { game: known ?? '' })
    expect(titles(shown)).toHaveLength(5)
    expect(titles(shown)).not.toContain(known)
    expect(JSON.stringify(shown.message?.embeds)).toContain('Both are tagged')
  })

  it('takes the one title that is nearly what was typed', async () => {
    const shown = await all.slack.command('/similar', `${known}zz`)
    expect(shown.ephemeral?.text).toContain(`like ${known}`)
  })
})

describe('/together', () => {
  it('picks what nobody owns, and names whom it left out', async () => {
    const shown = await all.discord.command('together', { players: `${STRATEGIST} scared shy` })
    const owned = new Set([...(strategy ?? []), ...(horror ?? [])].map(({ game }) => game as number))
    expect(shown.message?.content).toContain('2 players')
    expect(shown.message?.content).toContain('shy')
    expect(appids(shown).length).toBeGreaterThan(0)
    expect(appids(shown).filter((appid) => owned.has(appid))).toEqual([])
  })

  it('needs two players, in Slack as well', async () => {
    const alone = await all.slack.command('/together', STRATEGIST)
    expect(alone.ephemeral?.buttons).toEqual([])
    const both = await all.slack.command('/together', `${STRATEGIST} scared`)
    expect(both.ephemeral?.words).toContain('2 players')
  })
})

describe('/taste', () => {
  it('is a picture with words in Discord', async () => {
    const shown = await all.discord.command('taste', { steam_id: STRATEGIST })
    expect(shown.message?.files).toHaveLength(1)
    expect(JSON.stringify(shown.message)).toContain('Strategy')
  })

  it('comes as a direct message in Slack', async () => {
    await all.slack.command('/taste', STRATEGIST)
    await all.slack.until(() => all.slack.files.length > 0)
    expect(all.slack.files).toHaveLength(1)
  })
})

describe('/recommend', () => {
  it('takes games that one likes in place of a Steam ID', async () => {
    const names = (horror ?? []).slice(0, 2).map(({ name }) => name)
    const shown = await all.discord.command('recommend', { like: names.join('; ') })
    expect(shown.message?.content).toContain('for fans of')
    expect(titles(shown)).toHaveLength(5)
  })

  it('leaves out what is excluded', async () => {
    const shown = await all.discord.command('recommend', { steam_id: SCARED, exclude: 'Horror' })
    const rows = await all.database.db
      .selectFrom('warehouse.game')
      .select('label_keys')
      .where('appid', 'in', appids(shown))
      .execute()
    expect(rows).toHaveLength(5)
    for (const { label_keys } of rows) expect(label_keys).not.toContain('horror')
  })
})
