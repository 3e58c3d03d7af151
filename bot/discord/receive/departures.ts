import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js'
import type { PlaceKey } from '../../../core/ids.ts'
import { errorFields, type Log } from '../../../core/log.ts'
import type { MissedServers } from '../../../db/people/missed-servers.ts'
import { type Shards, servesServer } from './shard-range.ts'

/** Servers that went from the gateway: in times of trouble Discord drops some that have never removed the app. */

/** So long a server may be away before it is asked whether the app was removed. */
const DAY_MS = 86_400_000
/** Until the next look where Discord did not answer. */
const AGAIN_MS = 3_600_000

type Options = {
  readonly rest: () => Pick<REST, 'get'> | undefined
  readonly forget: (server: string) => Promise<void>
  /** Keeps over restarts since when a server is away. */
  readonly missed?: MissedServers | undefined
  readonly log: Log
  readonly afterMs?: number | undefined
}

/** Forgets a server once it has been away for a day, and Discord then says by REST as well that the app is not in it. */
export function createDepartures({ rest, forget, missed, log, afterMs = DAY_MS }: Options) {
  const away = new Map<string, NodeJS.Timeout | undefined>()

  function lookIn(server: string, waitMs: number): void {
    clearTimeout(away.get(server))
    away.set(server, setTimeout(() => void look(server), waitMs).unref())
  }

  async function look(server: string): Promise<void> {
    switch (await standing(rest(), server, log)) {
      case 'gone':
        away.delete(server)
        return forget(server)
      case 'unknown':
        return lookIn(server, Math.min(AGAIN_MS, afterMs))
      case 'there':
        // The gateway names it again, or it is asked again after another day.
        return quietly(async () => {
          await missed?.found([keyOf(server)])
          if (away.has(server)) await miss([server])
        })
    }
  }

  /** Looks at them a day after the first time that they were missed. */
  async function miss(servers: readonly string[]): Promise<void> {
    if (servers.length === 0) return
    for (const server of servers) away.set(server, away.get(server))
    const since = await missed?.missed(servers.map(keyOf)).catch((error: unknown) => {
      log('warn', 'could not store which servers left the gateway', errorFields(error))
    })
    for (const server of servers) {
      const goneMs = Date.now() - (since?.get(keyOf(server))?.getTime() ?? Date.now())
      if (away.has(server)) lookIn(server, Math.min(Math.max(0, afterMs - goneMs), afterMs))
    }
  }

  async function quietly(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) =>
      log('warn', "could not compare the gateway's servers with the stored ones", errorFields(error)),
    )
  }

  return {
    left(server: string): Promise<void> {
      log('info', 'a server left the gateway; checking again before its data is deleted', { server })
      return miss([server])
    },

    back(server: string): Promise<void> {
      if (!away.has(server)) return Promise.resolve()
      clearTimeout(away.get(server))
      away.delete(server)
      return quietly(async () => missed?.found([keyOf(server)]))
    },

    /** Finds the servers that removed the app while no bot ran: those stored that the gateway doesn't name. */
    compare(named: readonly string[], shards: Shards): Promise<void> {
      return quietly(async () => {
        if (!missed) return
        const here = new Set(named)
        const stored = (await missed.stored()).map(serverOf).filter((server) => isId(server))
        const ours = stored.filter((server) => servesServer(shards, server))
        await missed.found(ours.filter((server) => here.has(server)).map(keyOf))
        const lacking = ours.filter((server) => !here.has(server))
        if (lacking.length > 0)
          log(
            'info',
            'some servers are missing from the gateway; checking again before their data is deleted',
            {
              servers: lacking.length,
            },
          )
        await miss(lacking)
      })
    },

    stop(): void {
      for (const timer of away.values()) clearTimeout(timer)
      away.clear()
    },
  }
}

function keyOf(server: string): PlaceKey {
  return `discord:${server}`
}

function serverOf(place: PlaceKey): string {
  return place.slice('discord:'.length)
}

function isId(server: string): boolean {
  return /^\d{1,20}$/.test(server)
}

/** An outage is no removal, and a client that is not connected yet tells nothing. */
async function standing(
  rest: Pick<REST, 'get'> | undefined,
  server: string,
  log: Log,
): Promise<'there' | 'gone' | 'unknown'> {
  if (!rest) return 'unknown'
  try {
    await rest.get(Routes.guild(server))
    return 'there'
  } catch (error) {
    if (isGone(error)) return 'gone'
    log('warn', 'could not check whether a server removed the app', errorFields(error))
    return 'unknown'
  }
}

function isGone(error: unknown): boolean {
  const codes: readonly (number | string)[] = [
    RESTJSONErrorCodes.UnknownGuild,
    RESTJSONErrorCodes.MissingAccess,
  ]
  return error instanceof DiscordAPIError && codes.includes(error.code)
}
