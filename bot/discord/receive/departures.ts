import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js'
import { errorFields, type Log } from '../../../core/log.ts'

/** Servers that went from the gateway: in times of trouble Discord drops some that have never removed the app. */

/** So long a server may be away before it is asked whether the app was removed. */
const DAY_MS = 86_400_000
/** Until the next look where Discord did not answer. */
const AGAIN_MS = 3_600_000

type Options = {
  readonly rest: () => Pick<REST, 'get'> | undefined
  readonly forget: (server: string) => Promise<void>
  readonly log: Log
  readonly afterMs?: number | undefined
}

/** Forgets a server once it has been away for a day, and Discord then says by REST as well that the app is not in it. */
export function createDepartures({ rest, forget, log, afterMs = DAY_MS }: Options) {
  const away = new Map<string, NodeJS.Timeout>()

  function lookIn(server: string, waitMs: number): void {
    clearTimeout(away.get(server))
    away.set(server, setTimeout(() => void look(server), waitMs).unref())
  }

  async function look(server: string): Promise<void> {
    try {
      await rest()?.get(Routes.guild(server))
      away.delete(server)
    } catch (error) {
      if (!isGone(error)) {
        log('warn', 'could not look whether a server removed the app', errorFields(error))
        return lookIn(server, Math.min(AGAIN_MS, afterMs))
      }
      away.delete(server)
      await forget(server)
    }
  }

  return {
    left(server: string): void {
      log('info', 'a server is gone from the gateway; it is asked again before it is forgotten', { server })
      lookIn(server, afterMs)
    },
    back(server: string): void {
      clearTimeout(away.get(server))
      away.delete(server)
    },
    stop(): void {
      for (const timer of away.values()) clearTimeout(timer)
      away.clear()
    },
  }
}

function isGone(error: unknown): boolean {
  const codes: readonly (number | string)[] = [
    RESTJSONErrorCodes.UnknownGuild,
    RESTJSONErrorCodes.MissingAccess,
  ]
  return error instanceof DiscordAPIError && codes.includes(error.code)
}
