import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importRates } from '../../db/import/rates/rates.ts'
import { file } from '../support/builders/import-files.ts'
import { dailyCsv } from '../support/builders/rate-files.ts'
import { CHANNELS, type ChannelName, HOME } from '../support/discord/payloads.ts'
import type { Exchange } from '../support/discord/server.ts'
import { type Communities, startCommunities } from '../support/fakes/communities.ts'
import type { Shown } from '../support/slack/server.ts'

/** What the managers of a server or workspace set, and what comes of it, over real sockets on both platforms. */

const MANAGER = { user: '1', may: ['ManageGuild'] } as const
const MEMBER = { user: '2' } as const
const ADMIN = { user: 'U1ADMIN' }
const COLLEAGUE = { user: 'U2MEMBER' }
const GENRE = 'Horror'

let all: Communities

beforeAll(async () => {
  all = await startCommunities()
  all.slack.appoint(ADMIN.user, { role: 'admin' })
})

afterAll(() => all.stop())

beforeEach(async () => {
  await all.database.db.deleteFrom('warehouse.place').execute()
  await all.database.db
    .updateTable('warehouse.game')
    .set({ mature: false, price_cents: null, currency: null })
    .execute()
})

const placeKeys = async () => {
  const places = await all.database.db.selectFrom('warehouse.place').select('place_key').execute()
  const blocked = await all.database.db
    .selectFrom('warehouse.place_blocked_game')
    .select('place_key')
    .execute()
  return [...places, ...blocked].map(({ place_key }) => place_key)
}

async function setPrice(appid: number, price_cents: number): Promise<void> {
  await all.database.db
    .updateTable('warehouse.game')
    .set({ price_cents, currency: 'USD' })
    .where('appid', '=', appid)
    .execute()
}

async function markMature(appid: number): Promise<void> {
  await all.database.db
    .updateTable('warehouse.game')
    .set({ mature: true })
    .where('appid', '=', appid)
    .execute()
}

describe('in Discord', () => {
  const settings = (options: Readonly<Record<string, string | boolean>>, place: object = MANAGER) =>
    all.discord.command('settings', options, place)
  const curate = (channel: ChannelName = 'general') =>
    all.discord.command('curate', { genre: GENRE }, { ...MEMBER, channel })
  const appids = ({ message }: Exchange) =>
    (message?.embeds ?? []).map((embed) => Number(embed.url?.split('/').at(-1)))
  const said = ({ message }: Exchange) => (message?.content ?? '').replaceAll('\\', '')

  it('a manager blocks games by completed name and by link, and nobody there is shown them', async () => {
    const [first, second] = appids(await curate())
    const title = (await curate()).message?.embeds[0]?.title?.replaceAll('\\', '') ?? ''
    const saved = await settings({ block: `${title}; https://store.steampowered.com/app/${second}` })
    expect(said(saved)).toContain('Blocked games (2):')
    expect(said(saved)).toContain(title)
    const shown = appids(await curate())
    expect(shown).toHaveLength(5)
    for (const blocked of [first, second]) expect(shown).not.toContain(blocked)
    expect(appids(await curate('dm')).slice(0, 2)).toEqual([first, second])
    await settings({ unblock: `${first}; ${second}` })
    expect(appids(await curate()).slice(0, 2)).toEqual([first, second])
  })

  it('completes the names of games that are to be blocked', async () => {
    const title = (await curate()).message?.embeds[0]?.title?.replaceAll('\\', '') ?? ''
    const choices = await all.discord.autocomplete('settings', { block: `x; ${title}` }, 'block')
    expect(choices?.map(({ value }) => value)).toContain(`x; ${title}`)
  })

  it('mature games come to age-restricted channels alone, once a manager allows them', async () => {
    const [first = 0] = appids(await curate())
    await markMature(first)
    expect(appids(await curate('adults'))).not.toContain(first)
    await settings({ mature: true })
    for (const channel of ['adults', 'adultThread', 'forumPost'] as const)
      expect(appids(await curate(channel))).toContain(first)
    for (const channel of ['general', 'thread', 'dm', 'elsewhere'] as const)
      expect(appids(await curate(channel))).not.toContain(first)
    await settings({ mature: false })
    expect(appids(await curate('adults'))).not.toContain(first)
  })

  it('commands are taken in the chosen channels and their threads alone', async () => {
    await settings({ channels: `<#${CHANNELS.adults.id}>` })
    const refused = await curate('general')
    expect(refused.message?.content).toContain(`<#${CHANNELS.adults.id}>`)
    expect(refused.message?.flags).toBe(64)
    expect(appids(refused)).toEqual([])
    for (const channel of ['adults', 'adultThread', 'dm', 'elsewhere'] as const)
      expect(appids(await curate(channel))).toHaveLength(5)
    expect(said(await all.discord.command('help', {}, MEMBER))).toContain('/curate')
    await settings({ channels: 'here' })
    expect(appids(await curate('general'))).toHaveLength(5)
    expect(appids(await curate('adults'))).toEqual([])
    await settings({ channels: 'all' })
    expect(appids(await curate('adults'))).toHaveLength(5)
  })

  it('prices and their limits are in the currency that a manager chooses', async () => {
    const [cheap = 0, dear = 0] = appids(await curate())
    await setPrice(cheap, 999)
    await setPrice(dear, 1299)
    expect(said(await settings({ currency: 'KRW' }))).toContain('npm run import -- rates')
    const rates = dailyCsv('23 November 2026', { USD: '1.0823', KRW: '1412.83' })
    await importRates(all.database.db, [await file(rates)], { now: new Date('2026-11-23') })
    const [choice] = (await all.discord.autocomplete('settings', { currency: 'won' }, 'currency')) ?? []
    expect(said(await settings({ currency: choice?.value ?? '' }))).toContain('South Korean Won (KRW)')
    const upTo15000 = (channel: ChannelName) =>
      all.discord.command('curate', { genre: GENRE, max_price: 15_000 }, { ...MEMBER, channel })
    const there = await upTo15000('general')
    expect(appids(there)).toEqual([cheap])
    expect(JSON.stringify(there.message?.embeds)).toContain('$9.99 (≈ ₩13,041)')
    const direct = await upTo15000('dm')
    expect(appids(direct)).toEqual([cheap, dear])
    expect(JSON.stringify(direct.message?.embeds)).not.toContain('₩')
  })

  it('whoever does not manage the server changes nothing, and reads who does', async () => {
    const refused = await settings({ mature: true, language: 'ko' }, { ...MEMBER, may: ['ManageChannels'] })
    expect(said(refused)).toBe(
      'Only members with the “Manage Server” permission can change this server’s settings.',
    )
    const direct = await settings({ mature: true }, { user: '1', channel: 'dm' })
    expect(said(direct)).toContain('a setting of a server')
    const strange = await settings({ mature: true }, { ...MANAGER, channel: 'elsewhere' })
    expect(said(strange)).toContain('a setting of a server')
    expect(await placeKeys()).toEqual([])
    expect(said(await settings({}, MEMBER))).toContain('Mature games: never shown here')
  })

  it('a post for everybody is in the language of the server', async () => {
    await settings({ server_language: 'ko' })
    const page = await curate()
    const [post] = (await all.discord.press(page, '📣 Share', MEMBER)).posts
    expect(post?.content).toContain('추천 인디 게임')
    const french = await all.discord.command('help', {}, { ...MEMBER, locale: 'fr' })
    expect(french.message?.content).toContain('인디 게임')
  })

  it('all of it stays for a day when the server goes from the gateway', async () => {
    await settings({ mature: true, block: String(appids(await curate())[0]) })
    const before = all.program.lines.length
    all.discord.gateway.dispatch('GUILD_DELETE', { id: HOME })
    const gone = () =>
      all.program.lines.slice(before).some(({ message }) => message.includes('left the gateway'))
    await expect.poll(gone).toBe(true)
    expect(await placeKeys()).toEqual([`discord:${HOME}`, `discord:${HOME}`])
    await all.database.db.deleteFrom('warehouse.place_blocked_game').execute()
    await all.database.db.deleteFrom('warehouse.place').execute()
    await all.restart()
  })
})

describe('in Slack', () => {
  const settings = (text: string, by = ADMIN) => all.slack.command('/indiescout', `settings ${text}`, by)
  const curate = (by: object = COLLEAGUE) => all.slack.command('/curate', GENRE, by)
  const appids = ({ ephemeral }: Shown) =>
    [...JSON.stringify(ephemeral?.blocks).matchAll(/app\/(\d+)\|/g)].map(([, appid]) => Number(appid))
  const GAMES = { id: 'C42', name: 'games' }

  it('an admin blocks a game by its link, and nobody in the workspace is shown it', async () => {
    const [first] = appids(await curate())
    const saved = await settings(`block:<https://store.steampowered.com/app/${first}>`)
    expect(saved.ephemeral?.words).toContain('Blocked games (1):')
    expect(appids(await curate())).not.toContain(first)
  })

  it('mature games come once an admin allows them, and never in direct messages', async () => {
    const [first = 0] = appids(await curate())
    await markMature(first)
    expect(appids(await curate())).not.toContain(first)
    await settings('mature:yes')
    expect(appids(await curate())).toContain(first)
    const direct = { ...COLLEAGUE, channel: { id: 'D42', name: 'directmessage' } }
    expect(appids(await curate(direct))).not.toContain(first)
  })

  it('commands are taken in the chosen channels alone', async () => {
    await settings('channels:<#C42|games>')
    const refused = await curate()
    expect(refused.ephemeral?.words).toContain('<#C42>')
    expect(appids(refused)).toEqual([])
    expect(appids(await curate({ ...COLLEAGUE, channel: GAMES })).length).toBeGreaterThanOrEqual(5)
    expect((await settings('channels:all')).ephemeral?.words).toContain('in all of them')
    expect(appids(await curate()).length).toBeGreaterThanOrEqual(5)
  })

  it('a member changes nothing, nor does anybody of whom Slack does not tell', async () => {
    const refused = await settings('mature:yes', COLLEAGUE)
    expect(refused.ephemeral?.words).toBe('Only admins and owners of this workspace can change its settings.')
    all.slack.fail('users.info', { error: 'internal_error' })
    const unknown = await settings('mature:yes')
    expect(unknown.ephemeral?.words).toContain('I couldn’t check')
    expect(await placeKeys()).toEqual([])
  })

  it('all of it goes when the app is removed', async () => {
    const [first] = appids(await curate())
    await settings(`mature:yes block:${first}`)
    expect(await placeKeys()).toEqual(['slack:T111', 'slack:T111'])
    await all.slack.happens({ type: 'app_uninstalled' })
    await expect.poll(placeKeys).toEqual([])
  })
})
