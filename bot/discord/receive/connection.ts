import {
  Client,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Partials,
} from 'discord.js'
import { errorFields, type Log } from '../../../core/log.ts'
import type { SessionStarts } from './session-starts.ts'
import type { Shards } from './shard-range.ts'
import { WHOLE } from './shard-range.ts'
import { type Identifying, shardOptions } from './shards.ts'

/** Discord will not have this bot as it is set up, and says so however often it is asked. */
export class FinalRefusal extends Error {
  override name = 'FinalRefusal'
}

export const TOKEN_REFUSED =
  'Discord refused DISCORD_TOKEN: copy it anew from https://discord.com/developers/applications → Bot → Reset Token'

const FINAL: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: TOKEN_REFUSED,
  [GatewayCloseCodes.InvalidShard]: 'Discord refused the shard number: look at SHARDS',
  [GatewayCloseCodes.ShardingRequired]:
    'Discord wants this bot to be sharded: it is in too many servers for so few connections; set SHARDS to more',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Discord no longer speaks this API version: update discord.js',
  [GatewayCloseCodes.InvalidIntents]: 'Discord refused the intents: update discord.js',
  [GatewayCloseCodes.DisallowedIntents]: 'Discord refused the intents that this bot asks for',
}

export type Sharding = {
  /** Undefined: the bot is in one piece. */
  readonly shards?: Shards | undefined
  readonly identifying?: Identifying | undefined
  readonly starts?: SessionStarts | undefined
}

/** Guilds tell which channels are age-restricted; nothing of messages, members or presences is asked for or kept. */
export function createClient(apiUrl: string, sharding: Sharding = {}): Client {
  const { shards = WHOLE, identifying, starts } = sharding
  return new Client({
    // Left out, discord.js would take the shards from the variable SHARDS, in a notation of its own.
    ...shardOptions(shards, identifying, starts),
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    // A command brings the channel that it was typed in: of a thread the bot has not heard of, this alone tells the parent.
    partials: [Partials.Channel],
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      GuildMemberManager: 0,
      UserManager: 0,
      PresenceManager: 0,
    }),
    // Interactions wait for this too, and they have three seconds in all.
    waitGuildTimeout: 1000,
    rest: { api: apiUrl.replace(/\/+$/, ''), retries: 0 },
  })
}

/** Resolves when commands can be answered. Throws `FinalRefusal`, or another error that may pass. */
export async function logIn(client: Client, token: string): Promise<void> {
  let refusal: FinalRefusal | undefined
  client.once(Events.ShardDisconnect, ({ code }) => {
    refusal = refusalOf(code)
  })
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
  try {
    await client.login(token)
  } catch (error) {
    const badToken =
      error instanceof Error && 'code' in error && error.code === DiscordjsErrorCodes.TokenInvalid
    throw badToken ? new FinalRefusal(TOKEN_REFUSED) : (refusal ?? error)
  }
  await ready
}

export function refusalOf(code: number): FinalRefusal {
  return new FinalRefusal(FINAL[code] ?? `Discord closed the gateway for good (code ${code})`)
}

/** Without a listener an `error` event would end the process. A lost gateway is resumed by discord.js itself. */
export function watch(client: Client, log: Log, ending: AbortSignal): void {
  client.on(Events.Error, (error) => log('error', 'discord.js reported an error', errorFields(error)))
  client.on(Events.ShardError, (error) => log('warn', "an error on Discord's gateway", errorFields(error)))
  client.on(Events.Warn, (message) => log('warn', message))
  client.on(Events.ShardReconnecting, () => {
    if (!ending.aborted) log('warn', "lost Discord's gateway, reconnecting")
  })
  client.on(Events.ShardResume, (_shard, replayed) => log('info', "resumed Discord's gateway", { replayed }))
  client.rest.on('rateLimited', ({ route, timeToReset, global }) =>
    log('warn', 'rate limited by Discord', { route, waitMs: timeToReset, global }),
  )
}

/**
 * Leaves for good. discord.js forgets a shard that just waits to reconnect, and it would come back by itself: the first
 * thing it asks for then is its session, and that never comes.
 */
export async function leave(client: Client): Promise<void> {
  await client.destroy()
  for (const shard of client.ws.shards.values()) Object.assign(shard, { sessionInfo: new Promise(() => {}) })
}
