import { expect, onTestFinished } from 'vitest'
import type { GameId, SteamId } from '../../../core/ids.ts'
import type { Log } from '../../../core/log.ts'
import type { Library, LibraryAnswer, Snapshots } from '../../../core/players/library.ts'
import { createSteam, type SteamOptions } from '../../../core/steam/client.ts'
import type { Limits } from '../../../core/steam/limits.ts'
import { startSteam } from './steam-server.ts'

export const ROBIN = '76561197960435530' as SteamId
export const FRAG = '76561198012345678' as SteamId

/** Short enough that a test of patience takes a moment, long enough for a busy machine. */
const QUICK: Partial<Limits> = { budgetMs: 8_000, tryMs: 500, backoffMs: 1 }

type Line = { level: string; message: string; fields: Readonly<Record<string, unknown>> | undefined }

type Given = Omit<Partial<SteamOptions>, 'limits'> & {
  readonly limits?: Partial<Limits>
  readonly badKeyStatus?: 401 | 403
}

/** A Steam, a client in front of it, and what the client wrote down. Every bench ends by checking Steam's contract. */
export async function openBench({ limits, badKeyStatus, ...given }: Given = {}) {
  const server = await startSteam(badKeyStatus === undefined ? {} : { badKeyStatus })
  onTestFinished(async () => {
    await server.stop()
    expect(server.violations).toEqual([])
  })
  const lines: Line[] = []
  const log: Log = (level, message, fields) => void lines.push({ level, message, fields })
  const snapshots = createMemory()
  const open = () =>
    createSteam({
      apiKey: server.key,
      apiUrl: server.url,
      snapshots,
      log,
      ...given,
      limits: { ...QUICK, ...limits },
    })
  return { server, lines, snapshots, open, steam: open() }
}

function createMemory(): Snapshots & { readonly saved: Library[] } {
  const saved: Library[] = []
  return {
    saved,
    save: async (library) => void saved.push(library),
    async forget(steamId) {
      saved.splice(0, Number.POSITIVE_INFINITY, ...saved.filter((library) => library.steamId !== steamId))
    },
    latest: async (steamId) => saved.findLast((library) => library.steamId === steamId),
  }
}

export function byId(id: SteamId) {
  return { kind: 'id', id } as const
}

export function snapshotOf(steamId: SteamId, appid: number): Library {
  const games = [{ game: appid as GameId, minutes: 5, name: 'Old' }]
  return { steamId, games, fetchedAt: new Date('2026-11-20T10:00:00Z') }
}

export function gamesOf(answer: LibraryAnswer) {
  if (answer.kind !== 'library') throw new Error(`expected a library, got ${answer.kind}`)
  return answer.library.games
}

/** Everything an error says, down its chain of causes, as a log or a debugger would show it. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return [error.message, error.stack, JSON.stringify(error), everythingIn(error.cause)].join('\n')
}

export function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it should have failed'),
    (error: unknown) => error,
  )
}
