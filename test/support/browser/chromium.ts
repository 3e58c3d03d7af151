import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Debian's `chromium`; another one by `CHROMIUM_PATH`. */
const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

const present = existsSync(EXECUTABLE)

if (!present) console.warn('left out the tests in a browser: install the package chromium')

/** Under CI nothing is left out: there a missing browser fails the tests. */
export const canBrowse = present || process.env.CI === 'true'

export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] })
}

/** A page, and whatever went wrong on it or was asked of others. */
export type Watched = {
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser complained of: errors of scripts, of loading, and of the page's own policy. */
  readonly faults: string[]
  /** Hosts that were asked besides the page's own. Nothing leaves this machine: each answers with a picture. */
  readonly hosts: Set<string>
}

export type PageOptions = {
  readonly url: string
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
  readonly locale?: string
  /** What a picture from afar is answered with; undefined: it cannot be had. */
  readonly picture?: Buffer | undefined
}

export async function openPage(browser: Browser, options: PageOptions): Promise<Watched> {
  const { url, width = 1280, height = 900, dark = false, locale = 'en-US', picture } = options
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale,
  })
  const page = await context.newPage()
  const faults: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  const own = new URL(url).host
  await page.route('**/*', async (route) => {
    const { host, protocol } = new URL(route.request().url())
    if (host === own || protocol === 'data:') return route.continue()
    hosts.add(host)
    return picture ? route.fulfill({ contentType: 'image/png', body: picture }) : route.abort()
  })
  await page.goto(url)
  return { page, context, faults, hosts }
}
