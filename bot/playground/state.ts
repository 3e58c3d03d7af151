import type { Locale } from '../../core/locale.ts'
import { PARTS, type PageWords, type PartName } from '../../core/strings/page.ts'
import { pageWords } from '../../core/strings/page-words.ts'
import { nextDigests } from '../../db/digest/next-digests.ts'
import type { Db } from '../../db/postgres/connect.ts'
import { readManifest, versionFolder, versions } from '../../inference/model/model-files.ts'
import type { Config } from '../config/config.ts'
import { countGames } from '../doctor/data.ts'
import type { Health } from '../platform/health.ts'

export type PartState = {
  readonly name: string
  readonly state: 'well' | 'ill' | 'absent'
  readonly status: string
  readonly detail: string
}

export type StateNeeds = {
  readonly db: Db
  readonly config: Config
  readonly health: Health
  readonly providers: () => Promise<readonly string[]>
}

type Found = Pick<PartState, 'state' | 'detail'>

/** One line for each part of the program. A part that cannot be asked is not well; this never throws. */
export async function stateOfParts(needs: StateNeeds, locale: Locale): Promise<readonly PartState[]> {
  const words = pageWords(locale)
  const health = await needs.health().catch((): Awaited<ReturnType<Health>> => ({}))
  const look = looks(needs, health, words, locale)
  return Promise.all(
    PARTS.map(async (part) => {
      const found = await look[part]().catch((): Found => ({ state: 'ill', detail: '' }))
      return { name: words.parts[part], status: words.status[found.state], ...found }
    }),
  )
}

function looks(
  { db, config, providers }: StateNeeds,
  health: Awaited<ReturnType<Health>>,
  words: PageWords,
  locale: Locale,
): Readonly<Record<PartName, () => Promise<Found>>> {
  const healthOf = (part: string): Found => {
    const { ok, detail } = health[part] ?? { ok: false, detail: '' }
    return { state: ok ? 'well' : 'ill', detail }
  }
  const platform = (name: 'Discord' | 'Slack', configured: unknown, setting: string) => async () =>
    configured === undefined
      ? ({ state: 'absent', detail: words.notConfigured(setting) } as const)
      : healthOf(name)
  return {
    database: async () => healthOf('database'),
    catalogue: async () => {
      const { games, real } = await countGames(db)
      return { state: games > 0 ? 'well' : 'ill', detail: words.games(games, real === 0) }
    },
    model: () => modelState(config.modelDir, words),
    inference: async () => {
      const { state, detail } = healthOf('inference')
      return { state, detail: [detail, ...(await providers())].join(' · ') }
    },
    steam: async () =>
      config.steam.apiKey === undefined
        ? { state: 'absent', detail: words.notConfigured('STEAM_API_KEY') }
        : { state: 'well', detail: words.steamOn },
    Discord: platform('Discord', config.discord, 'DISCORD_TOKEN'),
    Slack: platform('Slack', config.slack, 'SLACK_BOT_TOKEN'),
    digests: async () => {
      const { count, nextAt } = await nextDigests(db)
      if (nextAt === undefined) return { state: 'absent', detail: words.noDigests }
      return { state: 'well', detail: words.digests(count, momentIn(nextAt, locale)) }
    },
  }
}

async function modelState(modelDir: string, words: PageWords): Promise<Found> {
  const version = (await versions(modelDir)).at(-1)
  if (version === undefined) return { state: 'ill', detail: words.noModel }
  const { created, counts, metrics = {} } = await readManifest(versionFolder(modelDir, version))
  const said = words.model(version, counts.games ?? 0, counts.players ?? 0, created.slice(0, 10))
  const figures = Object.entries(metrics).map(([name, value]) => `${name} ${value.toPrecision(2)}`)
  return { state: 'well', detail: [said, ...figures.slice(0, 4)].join(' · ') }
}

/** In UTC, which is said: the page is read in any time zone. */
export function momentIn(date: Date, locale: Locale): string {
  const shown = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return `${shown.format(date)} UTC`
}
