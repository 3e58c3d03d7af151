import { startDiscordServer } from '../../test/support/discord/server.ts'
import { startSlackServer } from '../../test/support/slack/server.ts'
import { startSteam } from '../../test/support/steam/steam-server.ts'
import type { Ask } from './drive.ts'

/** Slack, Steam, and a Discord for each bot: a shard has a connection of its own, and hears of its own servers alone. */
export async function startPlatforms(bots: number) {
  const steam = await startSteam()
  const slack = await startSlackServer({ mode: 'http' })
  const discords = await Promise.all(Array.from({ length: bots }, () => startDiscordServer()))
  const { mode, botToken, apiUrl } = slack.options
  const slackEnv = {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: mode.kind === 'http' ? mode.signingSecret : '',
    SLACK_API_URL: apiUrl,
  }

  /** Slack's balancer: commands go to the bots in turn. */
  async function type(steamId: string, number: number, url: string) {
    slack.sendEventsTo(`${url}/slack/events`)
    return slack.type('/recommend', steamId, { user: `U${number}` })
  }

  return {
    ...{ steam, slackEnv },
    envOf: (bot: number): Readonly<Record<string, string>> => ({
      ...slackEnv,
      ...{ STEAM_API_KEY: steam.key, STEAM_API_URL: steam.url },
      ...{ DISCORD_TOKEN: discords[bot]?.token ?? '', DISCORD_API_URL: discords[bot]?.apiUrl ?? '' },
    }),
    /** Only the acknowledgement counts. */
    acksOnly:
      (url: string, steamIdOf: (number: number) => string): Ask =>
      async (number) => {
        const { ackMs } = await type(steamIdOf(number), number, url)
        return { ackMs, doneMs: ackMs }
      },
    /** Slack and Discord in turn, each bot in turn. */
    commands:
      (urls: readonly string[], steamIdOf: (number: number) => string): Ask =>
      async (number) => {
        const bot = (number >> 1) % urls.length
        const start = performance.now()
        if (number % 2 === 0) {
          const shown = await type(steamIdOf(number), number, urls[bot] ?? '')
          await shown.reaches(1)
          const isWhole = shown.ephemeral?.words.includes('Page 1 of ') === true
          return { ackMs: shown.ackMs, doneMs: isWhole ? performance.now() - start : undefined }
        }
        const discord = discords[bot]
        if (!discord) throw new Error(`there is no Discord for bot ${bot}`)
        const user = String(100_000_000_000_000_000n + BigInt(number))
        const exchange = discord.begin.command('recommend', { steam_id: steamIdOf(number) }, { user })
        await discord.until(() => exchange.ack !== undefined, 'the acknowledgement')
        const ackMs = performance.now() - start
        await discord.until(() => exchange.edits > 0, 'the answer')
        const isWhole = exchange.message?.embeds.length === 5
        return { ackMs, doneMs: isWhole ? performance.now() - start : undefined }
      },
    /** What was broken is told by the figures already: an overload is meant to break the three seconds. */
    async stop() {
      await Promise.allSettled([steam.stop(), slack.close(), ...discords.map((discord) => discord.stop())])
    },
    violations: () => [slack, ...discords, steam].flatMap(({ violations }) => violations),
  }
}

export type Platforms = Awaited<ReturnType<typeof startPlatforms>>
