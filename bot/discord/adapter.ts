import { setTimeout as delay } from 'node:timers/promises'
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import { type Client, Events, type Guild, type Interaction, Status } from 'discord.js'
import { errorFields, type Log } from '../../core/log.ts'
import type { MissedServers } from '../../db/people/missed-servers.ts'
import { withinDeadline } from '../../db/postgres/deadline.ts'
import { onRemoved } from '../platform/removal.ts'
import { createClient, FinalRefusal, leave, logIn, refusalOf, watch } from './receive/connection.ts'
import { createDepartures } from './receive/departures.ts'
import { type HandlerDeps, handleInteraction } from './receive/handle-interaction.ts'
import { type SessionStarts, STARTS_PER_DAY } from './receive/session-starts.ts'
import type { Shards } from './receive/shard-range.ts'
import { shardsInWords, WHOLE } from './receive/shard-range.ts'
import type { Identifying } from './receive/shards.ts'

export type DiscordOptions = HandlerDeps & {
  readonly token: string
  /** Without the version: `https://discord.com/api`. */
  readonly apiUrl: string
  /** Without it, a server that removes the app while no bot runs is not found out. */
  readonly missed?: MissedServers | undefined
  /** How long a server may be gone from the gateway before it is looked for and forgotten; a day. */
  readonly forgetAfterMs?: number | undefined
  /** Those of this process, with the turns that it shares with the others; undefined: there is no other process. */
  readonly sharding?: { readonly shards: Shards; readonly identifying: Identifying } | undefined
  /** Where earlier starts are noted, to space those of a bot that starts again and again. */
  readonly starts?: SessionStarts | undefined
}

export type Discord = {
  /** Leaves the gateway, then finishes what has been begun. */
  stop(): Promise<void>
  health(): { readonly ok: boolean; readonly detail: string }
}

/** A start does not wait longer than this for a Discord that is down; connecting goes on behind it. */
const PATIENCE_MS = 10_000

/** What has been begun gets this long to end. */
const DRAIN_MS = 10_000

const untilOpen = retry(
  handleWhen((error) => !(error instanceof FinalRefusal)),
  {
    maxAttempts: Number.POSITIVE_INFINITY,
    backoff: new ExponentialBackoff({ initialDelay: 500, maxDelay: 30_000 }),
  },
)

/**
 * Connects and answers until stopped. Throws `FinalRefusal` where Discord will not have the bot, such as for a bad token;
 * what may pass is tried again for as long as it takes.
 */
export async function startDiscord(options: DiscordOptions): Promise<Discord> {
  const { token, apiUrl, sharding, forgetAfterMs, starts, missed, ...talk } = options
  const { log } = talk
  const shards = shardsInWords(sharding?.shards)
  const ending = new AbortController()
  const inHand = new Set<Promise<void>>()
  let client: Client | undefined
  let refusal: Error | undefined

  const departures = createDepartures({
    rest: () => client?.rest,
    forget: (server) => {
      const forgetting = onRemoved(`discord:${server}`, talk)
      keep(forgetting)
      return forgetting
    },
    ...{ missed, log, afterMs: forgetAfterMs },
  })

  function keep(begun: Promise<void>): void {
    const work = begun.finally(() => inHand.delete(work))
    inHand.add(work)
  }

  function onInteraction(interaction: Interaction): void {
    keep(withinDeadline(() => handleInteraction(interaction, talk)))
  }

  /** Not where a server is merely out of order: discord.js has another event for that. */
  function onGuildDelete({ id }: Guild): void {
    keep(departures.left(id))
  }

  function onGuildCreate({ id }: Guild): void {
    keep(departures.back(id))
  }

  function onRefused(error: Error): void {
    if (ending.signal.aborted) return
    refusal = error
    log('error', 'the connection to Discord was lost', { error: error.message })
  }

  async function spaceStarts(): Promise<void> {
    const waitMs = (await starts?.waitMs()) ?? 0
    if (waitMs === 0) return
    log('warn', 'waiting before connecting to Discord: too many session starts, which Discord limits', {
      waitMs,
      startsPerDay: STARTS_PER_DAY,
    })
    await delay(waitMs, undefined, { signal: ending.signal })
  }

  async function open(): Promise<void> {
    await spaceStarts()
    const opened = createClient(apiUrl, { ...sharding, starts })
    client = opened
    opened.on(Events.InteractionCreate, onInteraction)
    opened.on(Events.GuildDelete, onGuildDelete)
    opened.on(Events.GuildCreate, onGuildCreate)
    watch(opened, log, ending.signal)
    await logIn(opened, token)
    opened.on(Events.ShardDisconnect, ({ code }) => onRefused(refusalOf(code)))
    // Servers that are out of order are named as well.
    keep(departures.compare([...opened.guilds.cache.keys()], sharding?.shards ?? WHOLE))
    log('info', 'connected to Discord', { as: opened.user?.username, shards })
  }

  const opening = untilOpen.execute(() => attempt(open, log), ending.signal)
  const late = delay(PATIENCE_MS, 'late' as const, { ref: false, signal: ending.signal })
  if ((await Promise.race([opening, late])) === 'late') opening.catch(onRefused)

  return {
    async stop() {
      ending.abort()
      departures.stop()
      if (client) await leave(client)
      await Promise.race([Promise.all(inHand), delay(DRAIN_MS, undefined, { ref: false })])
    },
    health() {
      const { ok, detail } = healthOf(client, refusal)
      return { ok, detail: shards === undefined ? detail : `${detail} (${shards})` }
    },
  }
}

async function attempt(open: () => Promise<void>, log: Log): Promise<void> {
  try {
    await open()
  } catch (error) {
    if (!(error instanceof FinalRefusal)) {
      log('warn', 'could not connect to Discord, trying again', errorFields(error))
    }
    throw error
  }
}

function healthOf(client: Client | undefined, refusal: Error | undefined): ReturnType<Discord['health']> {
  if (refusal) return { ok: false, detail: refusal.message }
  const shards = client ? [...client.ws.shards.values()] : []
  const away = shards.filter((shard) => shard.status !== Status.Ready).map(({ id }) => id)
  if (client?.isReady() && shards.length > 0 && away.length === 0) return { ok: true, detail: 'connected' }
  return { ok: false, detail: shards.length > 1 ? `connecting ${away.join(', ')}` : 'connecting' }
}
