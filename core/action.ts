import type { AnswerId, SteamId } from './ids.ts'
import { parseSteamId64 } from './steam/steam-id.ts'

/** What a button carries. It outlives deploys: verbs are only ever added. */
export type Action =
  /** Pages count from 0. The Steam ID rides in the private message alone, so that no store ties it to the asker. */
  | {
      readonly verb: 'page'
      readonly answer: AnswerId
      readonly page: number
      readonly steamId: SteamId | undefined
    }
  | { readonly verb: 'share'; readonly answer: AnswerId; readonly page: number }

/** At most 58 characters; both platforms take 100. */
export function encodeAction(action: Action): string {
  switch (action.verb) {
    case 'page':
      return `page:${action.answer}:${action.page}:${action.steamId ?? ''}`
    case 'share':
      return `share:${action.answer}:${action.page}`
  }
}

const PAGE = /^page:([\w-]{8,32}):(\d|[1-9]\d):(\d{17})?$/
const SHARE = /^share:([\w-]{8,32}):(\d|[1-9]\d)$/

/** Undefined for anything that no version of ours has written. */
export function decodeAction(wire: string): Action | undefined {
  const page = PAGE.exec(wire)
  if (page) return toPage(page[1] as AnswerId, Number(page[2]), page[3])
  const share = SHARE.exec(wire)
  return share ? { verb: 'share', answer: share[1] as AnswerId, page: Number(share[2]) } : undefined
}

function toPage(answer: AnswerId, page: number, written: string | undefined): Action | undefined {
  const steamId = written === undefined ? undefined : parseSteamId64(written)
  return steamId === written ? { verb: 'page', answer, page, steamId } : undefined
}
