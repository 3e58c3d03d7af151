import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { drawSvg } from '../bot/images/draw.ts'
import { palettePng } from '../bot/images/palette-png.ts'
import { startChromium } from '../test/support/browser/chromium.ts'

/**
 * Takes the pictures of the README from a running playground: `node bench/screenshots.ts http://localhost:3000`.
 * `--out` names another folder than the README's.
 */
const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: '.github/assets' } },
  allowPositionals: true,
})
const [url = 'http://localhost:3000'] = positionals

type Shot = {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly dark: boolean
}

const SHOTS: readonly Shot[] = [
  { name: 'playground', width: 1280, height: 960, dark: true },
  { name: 'playground-phone', width: 390, height: 844, dark: false },
]

const browser = await startChromium()
await mkdir(values.out, { recursive: true })
for (const shot of SHOTS) await take(browser, shot)
await browser.close()

async function take(browser: Browser, { name, width, height, dark }: Shot): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: width < 600 ? 2 : 1,
    colorScheme: dark ? 'dark' : 'light',
    locale: 'en-US',
  })
  const page = await context.newPage()
  await page.goto(url)
  await answered(page)
  await page.evaluate('document.activeElement.blur()')
  // Pictures from Steam, or the titles in their place.
  await page.waitForLoadState('networkidle')
  await writeFile(path.join(values.out, `${name}.png`), await optimised(await page.screenshot()))
  await context.close()
}

async function answered(page: Page): Promise<void> {
  for (const side of ['discord', 'slack'])
    await page.locator(`.${side} .message`).first().waitFor({ state: 'attached' })
  await page.waitForFunction("document.querySelectorAll('.log[aria-busy], .log .waiting').length === 0")
}

/** In 256 colours, which a page of text needs no more than. */
async function optimised(png: Buffer): Promise<Buffer> {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/>`
  const { pixels } = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`,
    1,
  )
  return palettePng({ rgba: pixels, width, height })
}
