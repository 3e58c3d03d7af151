import { z } from 'zod'
import { type GameId, parseGameId } from '../ids.ts'
import { checked, garbled } from './payloads.ts'
import type { ApiCall } from './web-api.ts'

type ListedApp = {
  readonly game: GameId
  /** When the store last changed anything about it. */
  readonly modifiedAt: Date
}

export type AppPage = {
  readonly apps: readonly ListedApp[]
  /** Where the next page begins; undefined after the last one. */
  readonly next: GameId | undefined
}

/** The most that Steam gives at once: some six megabytes. */
const MAX_RESULTS = 50_000

/** Games alone, which is what Steam lists unless asked for more. */
export function appListCall(after: number, modifiedSince: Date | undefined): ApiCall {
  return {
    path: 'IStoreService/GetAppList/v1/',
    parameters: {
      max_results: String(MAX_RESULTS),
      ...(after > 0 && { last_appid: String(after) }),
      ...(modifiedSince && { if_modified_since: String(Math.floor(modifiedSince.getTime() / 1000)) }),
    },
  }
}

const appList = z.object({
  response: z.object({
    apps: z.array(z.unknown()).default([]),
    have_more_results: z.boolean().default(false),
    last_appid: z.number().optional(),
  }),
})

/** PostgreSQL and dates hold more, but no store has changed anything after the year 2100. */
const MAX_SECONDS = 4_102_444_800

const listedApp = z.object({
  appid: z.number(),
  last_modified: z.number().int().min(0).max(MAX_SECONDS),
})

/** One bad entry costs that entry; a page that leads nowhere is a failure, or the list would never end. */
export function readAppPage(payload: unknown, after: number): AppPage {
  const page = checked(appList, payload, 'GetAppList').response
  const apps = page.apps.flatMap(readApp)
  if (apps.length === 0 && page.apps.length > 0) throw garbled('GetAppList', 'no app')
  if (!page.have_more_results) return { apps, next: undefined }
  const next = parseGameId(page.last_appid)
  if (next === undefined || next <= after) throw garbled('GetAppList', 'last_appid')
  return { apps, next }
}

function readApp(entry: unknown): ListedApp[] {
  const { success, data } = listedApp.safeParse(entry)
  const game = parseGameId(data?.appid)
  return success && game !== undefined ? [{ game, modifiedAt: new Date(data.last_modified * 1000) }] : []
}
