import { errorFields } from '../../core/log.ts'
import { createAllowance } from '../../db/people/allowance.ts'
import { createMissedServers } from '../../db/people/missed-servers.ts'
import type { Config } from '../config/config.ts'
import type { Context } from '../context/parts.ts'
import type { ConnectedPlatform, PlatformModule, PlatformParts } from '../context/platform-module.ts'
import { discordFormatter } from './render/command-formatter.ts'

/** Discord, as the rest of the program knows it. */
export const discord: PlatformModule = {
  key: 'discord',
  name: 'Discord',
  formatter: discordFormatter,

  async open(context, parts) {
    const { config, log } = context
    const configured = config.discord
    if (!configured) return undefined
    const { createDiscordPoster } = await import('./send/poster.ts')
    return {
      connectsLast: true,
      connect: () => connect(context, configured, parts),
      poster: () => createDiscordPoster({ ...configured, pace: parts.pace, log }),
    }
  },

  checks: ({ config }) => [
    ['Discord', async () => (await import('./setup/checks.ts')).discordCheck(config.discord)()],
    ...(config.discord ? [['Discord servers', serversCheck(config.discord)] as const] : []),
  ],

  async register({ config, log }) {
    const { registerCommands } = await import('./setup/register.ts')
    if (config.discord) await registerCommands({ ...config.discord, log })
    else log('info', "left Discord's commands alone: DISCORD_TOKEN is not set")
  },

  operatorMessage: async (report) => (await import('./send/operator-message.ts')).operatorMessage(report),
  playgroundSide: async () => (await import('./playground/side.ts')).createDiscordSide(),
}

type DiscordConfig = NonNullable<Config['discord']>

function serversCheck(config: DiscordConfig) {
  return async () => (await import('./setup/checks.ts')).discordServersCheck(config)()
}

async function connect(
  { log }: Context,
  config: DiscordConfig,
  { db, pace, app }: PlatformParts,
): Promise<ConnectedPlatform> {
  const [{ startDiscord }, { createSessionStarts }, { hasFirstShard }, { registerCommands }] =
    await Promise.all([
      import('./adapter.ts'),
      import('./receive/session-starts.ts'),
      import('./receive/shard-range.ts'),
      import('./setup/register.ts'),
    ])
  const { shards } = config
  const sharding = shards && { shards, identifying: { pace } }
  const starts = createSessionStarts({ allowance: createAllowance(db), shards, log })
  const connected = await startDiscord({
    ...{ ...config, app, log, sharding, starts },
    missed: createMissedServers(db),
  })
  // Once for the whole bot.
  if (!hasFirstShard(shards)) return connected
  await registerCommands({ ...config, log }).catch((error: unknown) =>
    log(
      'error',
      "Discord's commands were not registered; `npm run register` tries again",
      errorFields(error),
    ),
  )
  return connected
}
