import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { drawSvg } from '../../bot/images/draw.ts'
import { accessibilityFaults } from '../support/browser/axe.ts'
import {
  canBrowse,
  openPage,
  type PageOptions,
  startChromium,
  type Watched,
} from '../support/browser/chromium.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { type Program, startProgram } from '../support/program.ts'
import { startSteam } from '../support/steam/steam-server.ts'

/** A person's way through the page, in a real browser, against the running program. */

// A machine that does much else at once takes its time.
vi.setConfig({ testTimeout: 120_000 })

const PLAYER = '76561197960287930'
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="46" height="21"><rect width="46" height="21" fill="teal"/></svg>'

describe.runIf(canBrowse)('the playground in a browser', () => {
  let browser: Browser
  let program: Program
  let database: Awaited<ReturnType<typeof testDatabaseAt>>
  let steam: Awaited<ReturnType<typeof startSteam>>
  let address: string
  let picture: Buffer

  beforeAll(async () => {
    database = await testDatabaseAt()
    steam = await startSteam()
    steam.player(PLAYER, {
      games: [
        { appid: 440, minutes: 900 },
        { appid: 570, minutes: 90 },
      ],
    })
    const settings = { DATABASE_URL: database.url, STEAM_API_KEY: steam.key, STEAM_API_URL: steam.url }
    program = await startProgram(settings)
    browser = await startChromium()
    picture = (await drawSvg(PICTURE, 1)).asPng()
    address = program.url.replace('127.0.0.1', 'localhost')
  })

  afterAll(async () => {
    await browser?.close()
    await program?.stop()
    await steam?.stop()
  })

  async function open(options: Partial<PageOptions> = {}): Promise<Watched> {
    const watched = await openPage(browser, { url: address, picture, ...options })
    onTestFinished(() => watched.context.close())
    return watched
  }

  /** Both sides have answered. */
  async function answered(page: Page): Promise<void> {
    await page.locator('.discord .message').first().waitFor({ state: 'attached' })
    await page.locator('.slack .message').first().waitFor({ state: 'attached' })
    await expect.poll(() => page.locator('.log[aria-busy], .log .waiting').count()).toBe(0)
  }

  async function type(page: Page, line: string): Promise<void> {
    const before = await page.locator('.discord .message').count()
    await page.locator('#line').fill(line)
    await page.keyboard.press('Enter')
    await page.locator('.discord .message').nth(before).waitFor()
    await answered(page)
  }

  const newest = (page: Page, side: 'discord' | 'slack') => page.locator(`.${side} .message`).last()

  it('leads from a sample player through pages, an opinion and its reasons', async () => {
    const { page, faults, hosts } = await open()
    await answered(page)
    await page.getByText('a horror fan').click()
    await page.locator('.discord .message').nth(1).waitFor()
    await answered(page)
    const discord = newest(page, 'discord')
    const slack = newest(page, 'slack')
    await expect.poll(() => discord.locator('.embed h3').count()).toBe(5)
    const titles = await discord.locator('.embed h3').allTextContents()
    for (const title of titles) expect(await slack.textContent()).toContain(title)
    expect(await discord.textContent()).toContain('Only you can see this')
    expect(await slack.textContent()).toContain('Only visible to you')

    await discord.getByRole('button', { name: 'Next' }).click()
    await expect.poll(() => discord.locator('.embed h3').allTextContents()).not.toEqual(titles)
    await slack.getByRole('button', { name: 'Next' }).click()
    await expect.poll(() => slack.textContent()).toContain('Page 2 of 2')

    const liked = slack.getByRole('button', { name: '👍' }).first()
    await liked.click()
    await expect.poll(() => slack.locator('button.primary').count()).toBeGreaterThan(0)
    await slack.getByRole('button', { name: 'Why' }).first().click()
    await expect.poll(() => newest(page, 'slack').textContent()).toContain('%')
    await discord.getByRole('button', { name: '1' }).first().click()
    await expect.poll(() => newest(page, 'discord').getByRole('button', { name: '👍' }).count()).toBe(1)

    expect(faults).toEqual([])
    for (const host of hosts) expect(host).toMatch(/\.steamstatic\.com$/)
  })

  it('shares for everybody on one side, and takes the post back', async () => {
    const { page } = await open()
    await answered(page)
    await newest(page, 'slack').getByRole('button', { name: '📣 Share', exact: true }).click()
    const post = page.locator('.slack .message.public')
    await post.waitFor()
    expect(await post.textContent()).not.toContain('Because')
    await post.getByRole('button', { name: 'Unshare' }).click()
    await expect.poll(() => post.count()).toBe(0)
  })

  it('shows the very payloads', async () => {
    const { page } = await open()
    await answered(page)
    await newest(page, 'slack').getByText('Payload').click()
    const slack = JSON.parse((await newest(page, 'slack').locator('pre').textContent()) ?? '')
    expect(slack).toMatchObject({ response_type: 'ephemeral', unfurl_links: false })
    expect(slack.blocks[0]).toMatchObject({ type: 'section', text: { type: 'mrkdwn', verbatim: true } })
    await newest(page, 'discord').getByText('Payload').click()
    const discord = JSON.parse((await newest(page, 'discord').locator('pre').textContent()) ?? '')
    expect(discord).toMatchObject({ allowed_mentions: { parse: [] } })
    expect(discord.embeds).toHaveLength(5)
  })

  it('completes commands, options and genres by the keyboard alone', async () => {
    const { page, faults } = await open()
    await answered(page)
    await page.locator('#line').focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('/cur')
    await page.locator('#proposals li').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.locator('#line').inputValue()).toBe('/curate ')
    await page.keyboard.type('genre:visual')
    const option = page.locator('#proposals li', { hasText: 'Visual Novel' })
    await option.first().waitFor()
    await page.keyboard.press('ArrowDown')
    const active = await page.locator('#line').getAttribute('aria-activedescendant')
    expect(await page.locator(`#${active}`).textContent()).toContain('Visual Novel')
    await page.keyboard.press('Enter')
    expect(await page.locator('#line').inputValue()).toBe('/curate genre:"Visual Novel" ')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.locator('.discord .message').nth(1).waitFor()
    await answered(page)
    expect(await newest(page, 'discord').locator('.embed').count()).toBe(5)
    expect(await newest(page, 'slack').textContent()).toContain('Visual Novel')
    expect(faults).toEqual([])
  })

  it('reads a library from Steam, and says in a sentence what is no Steam ID', async () => {
    const { page } = await open()
    await answered(page)
    await type(page, `/recommend ${PLAYER}`)
    expect(await newest(page, 'discord').textContent()).toContain('2 games')
    await type(page, '/recommend "not an id!"')
    for (const side of ['discord', 'slack'] as const)
      expect(await newest(page, side).textContent()).toContain('isn’t a Steam ID')
  })

  it('takes a library from a file, and explains one that is none', async () => {
    const { page, faults } = await open()
    await answered(page)
    const upload = (text: string) =>
      page.locator('#library').setInputFiles({
        name: 'library.json',
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      })
    await upload('{"440": 1250, "570": 0, "620": 3}')
    await expect.poll(() => page.locator('#own').textContent()).toContain('3 games')
    await expect.poll(() => newest(page, 'discord').textContent()).toContain('3 games')
    faults.length = 0
    await upload('{"440": "many"}')
    await expect.poll(() => page.locator('#told').textContent()).toContain('not a library: expected')
  })

  it('speaks Korean, in the page and on both sides, and goes on where one was', async () => {
    const { page } = await open()
    await answered(page)
    await type(page, '/curate genre:Puzzle')
    await page.getByRole('link', { name: '한국어' }).click()
    await answered(page)
    expect(await page.locator('html').getAttribute('lang')).toBe('ko')
    expect(await page.locator('#line').inputValue()).toBe('/curate genre:Puzzle')
    for (const side of ['discord', 'slack'] as const)
      expect(await newest(page, side).textContent()).toMatch(/[가-힣]/)
    await type(page, '/도움말')
    expect(await newest(page, 'discord').textContent()).toContain('/추천')
    expect(await newest(page, 'slack').textContent()).toContain('/recommend')
  })

  it('shows pictures, offers files, sets a server up and previews its digest', async () => {
    const { page, faults } = await open()
    await answered(page)
    await type(page, '/taste')
    const picture = newest(page, 'discord').locator('img.attached')
    await expect
      .poll(() => page.evaluate<number>("document.querySelector('.discord img.attached').naturalWidth"))
      .toBeGreaterThan(300)
    expect(await picture.getAttribute('alt')).toContain('%')
    expect(await page.locator('.slack img.attached').count()).toBe(1)
    await type(page, '/export')
    expect(await newest(page, 'discord').locator('a.file').getAttribute('download')).toMatch(/\.json$/)
    await type(page, '/digest subscribe day:friday time:18:00')
    for (const side of ['discord', 'slack'] as const) {
      expect(await newest(page, side).textContent()).toContain('Digest 1')
      expect(await newest(page, side).textContent()).toContain('18:00')
    }
    await type(page, '/digest preview')
    expect(await newest(page, 'discord').locator('.embed').count()).toBeGreaterThan(1)
    await type(page, '/digest now 1')
    expect(await newest(page, 'slack').locator('.section').count()).toBeGreaterThan(1)
    const rows = await database.db.selectFrom('lake.delivery').select('id').execute()
    expect(rows).toEqual([])
    expect(faults).toEqual([])
  })

  it('is one person on both sides, and nobody of a real platform', async () => {
    const { page } = await open()
    await answered(page)
    await type(page, '/settings language:ko')
    await newest(page, 'slack').waitFor()
    await type(page, '/link 76561197960287930')
    const stored = await database.db.selectFrom('warehouse.link').select(['user_key']).execute()
    expect(stored).toHaveLength(1)
    expect(stored[0]?.user_key).toMatch(/^playground:\d{8}-/)
    await newest(page, 'discord').getByRole('button').first().click()
    await expect.poll(() => newest(page, 'discord').textContent()).toContain('인증')
    await type(page, '/forget-me')
    await newest(page, 'discord').getByRole('button').first().click()
    await expect.poll(() => database.db.selectFrom('warehouse.link').select('user_key').execute()).toEqual([])
  })

  it('shows a hostile title as the text that it is', async () => {
    const title = '<img src=x onerror="window.hit=1"> [x](javascript:alert(1)) **b** <script>hit()</script>'
    const { page, faults } = await open()
    await answered(page)
    await type(page, '/similar game:"Team Fortress 2" count:3')
    const links = await newest(page, 'discord').locator('h3 a').all()
    const hrefs = await Promise.all(links.map((link) => link.getAttribute('href')))
    const appids = hrefs.map((href) => Number(href?.split('/').at(-1)))
    const before = await database.db
      .selectFrom('warehouse.game')
      .select(['appid', 'name'])
      .where('appid', 'in', appids)
      .execute()
    await database.db
      .updateTable('warehouse.game')
      .set({ name: title, description: title })
      .where('appid', 'in', appids)
      .execute()
    await type(page, '/similar game:"Team Fortress 2" count:3')
    for (const { appid, name } of before)
      await database.db.updateTable('warehouse.game').set({ name }).where('appid', '=', appid).execute()
    expect(await newest(page, 'discord').locator('h3').first().textContent()).toBe(title)
    expect(await newest(page, 'slack').textContent()).toContain('<script>hit()</script>')
    expect(await page.evaluate("'hit' in window")).toBe(false)
    expect(await page.locator('.message a:not([href^="https://store.steampowered.com/"])').count()).toBe(0)
    expect(await page.locator('.message script, .message strong:text-is("b")').count()).toBe(0)
    expect(faults).toEqual([])
  })

  it.each([
    { dark: false, width: 1280, locale: 'en-US' },
    { dark: true, width: 1280, locale: 'ko-KR' },
    { dark: true, width: 390, locale: 'en-US' },
    { dark: false, width: 390, locale: 'ko-KR' },
  ])('finds no fault with accessibility: $dark $width $locale', async (options) => {
    const { page, faults } = await open(options)
    await answered(page)
    await type(page, '/help')
    await page.locator('#line').fill('/recommend ')
    await page.locator('#proposals li').first().waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('fits a phone: one side at a time, and nothing to scroll to the side', async () => {
    const { page } = await open({ width: 390, height: 844 })
    await answered(page)
    const overflow = () => page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect(await overflow()).toBeLessThanOrEqual(0)
    expect(await page.locator('.pane.slack').isVisible()).toBe(false)
    await page.locator('.switch.side').getByText('Slack').click()
    expect(await page.locator('.pane.slack').isVisible()).toBe(true)
    expect(await page.locator('.pane.discord').isVisible()).toBe(false)
    expect(await overflow()).toBeLessThanOrEqual(0)
  })

  it('goes from field to field in the order of the page, and keeps the focus on a redrawn button', async () => {
    const { page } = await open()
    await answered(page)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Skip')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('line')
    const button = newest(page, 'slack').getByRole('button', { name: '🎮' }).first()
    await button.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => newest(page, 'slack').locator('button.primary').count()).toBe(1)
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toContain('🎮')
  })

  it('tells the state of the parts and the latest evaluation', async () => {
    const { page } = await open()
    const parts = page.locator('.parts li')
    expect(await parts.allTextContents()).toHaveLength(8)
    expect(await page.locator('.parts').textContent()).toMatch(/version 1 of/)
    expect(await page.locator('.parts').textContent()).toContain('1 of 1 ready · cpu')
    expect(await page.locator('.parts').textContent()).toContain('DISCORD_TOKEN')
    expect(await page.textContent('main')).toContain('Run npm run evaluate')
  })

  it('asks for the token where others can reach it, and lets nobody in without', async () => {
    const token = 'a-token-of-the-operator'
    const reachable = await startProgram({
      DATABASE_URL: database.url,
      MODEL_DIR: program.config.modelDir,
      INFERENCE_URL: 'http://127.0.0.1:9',
      HTTP_HOST: '0.0.0.0',
      PLAYGROUND_TOKEN: token,
    })
    onTestFinished(() => reachable.stop())
    const url = reachable.url.replace('0.0.0.0', '127.0.0.1')
    const { page, context } = await open({ url })
    expect(await page.locator('#ask').count()).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('Token').fill('not the token')
    await page.getByRole('button').click()
    await expect.poll(() => page.getByRole('alert').textContent()).toBe('That’s not the right token.')
    await page.getByLabel('Token').fill(token)
    await page.getByRole('button').click()
    await page.locator('#ask').waitFor()
    await answered(page)
    expect(await page.locator('.discord .embed').count()).toBeGreaterThan(0)
    for (const cookie of await context.cookies())
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
    expect(JSON.stringify(await context.cookies())).not.toContain(token)
    expect(JSON.stringify(reachable.lines)).not.toContain(token)
  })
})
