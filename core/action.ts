import { type AnswerId, type GameId, parseGameId, parseSteamId64, type SteamId } from './ids.ts'

/** What somebody can say of a game. */
export const OPINIONS = ['like', 'played', 'skip'] as const
export type Opinion = (typeof OPINIONS)[number]

/** What was shared of an answer, a page or a game. `at` tells it from what is shared again after it was taken back. */
export type Share = {
  readonly answer: AnswerId
  readonly what: 'page' | GameId
  readonly at: Date
}

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
  | { readonly verb: 'share-game'; readonly answer: AnswerId; readonly game: GameId }
  /** Takes back the post that the button stands on. */
  | ({ readonly verb: 'unshare' } & Share)
  /** One card by itself with its personal buttons, for a platform whose cards carry none. */
  | { readonly verb: 'card'; readonly answer: AnswerId; readonly game: GameId }
  /** An opinion, or (`undo`) its taking back. */
  | {
      readonly verb: Opinion
      readonly answer: AnswerId
      readonly game: GameId
      readonly undo: boolean
      /** The page that the button stands on, to be drawn again; undefined where it stands on a card by itself. */
      readonly page: OwnPage | undefined
    }
  | { readonly verb: 'why' | 'more'; readonly answer: AnswerId; readonly game: GameId }
  /** Games like this one, for whoever had to say which they meant. */
  | { readonly verb: 'similar'; readonly game: GameId }
  /** Account matters: look whether the code now stands in the persona name; delete everything, having been asked twice. */
  | { readonly verb: 'prove' | 'forget' }

/** A private page. Its Steam ID rides along, as in its other buttons. */
type OwnPage = { readonly steamId: SteamId | undefined }

/** At most 74 characters; both platforms take 100. */
export function encodeAction(action: Action): string {
  switch (action.verb) {
    case 'page':
      return `page:${action.answer}:${action.page}:${action.steamId ?? ''}`
    case 'share':
      return `share:${action.answer}:${action.page}`
    case 'unshare':
      return `unshare:${action.answer}:${action.what}:${action.at.getTime()}`
    case 'like':
    case 'played':
    case 'skip':
      return `${action.verb}:${action.answer}:${action.game}:${action.undo ? 'undo' : 'do'}${pagePart(action.page)}`
    case 'card':
    case 'why':
    case 'more':
    case 'share-game':
      return `${action.verb}:${action.answer}:${action.game}`
    case 'similar':
      return `similar:${action.game}`
    case 'prove':
    case 'forget':
      return action.verb
  }
}

type AboutGame = 'card' | 'why' | 'more' | 'share-game'

const PAGE = /^page:([\w-]{8,32}):(\d|[1-9]\d):(\d{17})?$/
const SHARE = /^share:([\w-]{8,32}):(\d|[1-9]\d)$/
const OPINION = /^(like|played|skip):([\w-]{8,32}):([1-9]\d{0,9}):(do|undo)(:(\d{17})?)?$/
const GAME = /^(card|why|more|share-game):([\w-]{8,32}):([1-9]\d{0,9})$/
const SIMILAR = /^similar:([1-9]\d{0,9})$/
const UNSHARE = /^unshare:([\w-]{8,32}):(page|[1-9]\d{0,9}):([1-9]\d{12})$/
const ACCOUNT = /^(prove|forget)$/

function pagePart(page: OwnPage | undefined): string {
  return page ? `:${page.steamId ?? ''}` : ''
}

/** Undefined for anything that no version of ours has written. */
export function decodeAction(wire: string): Action | undefined {
  const page = PAGE.exec(wire)
  if (page) {
    const own = readOwnPage(page[3])
    return own && { verb: 'page', answer: page[1] as AnswerId, page: Number(page[2]), ...own }
  }
  const share = SHARE.exec(wire)
  if (share) return { verb: 'share', answer: share[1] as AnswerId, page: Number(share[2]) }
  const opinion = OPINION.exec(wire)
  if (opinion) return toOpinion(opinion)
  const about = GAME.exec(wire)
  if (about) {
    const game = parseGameId(about[3])
    return game && { verb: about[1] as AboutGame, answer: about[2] as AnswerId, game }
  }
  const similar = SIMILAR.exec(wire)
  if (similar) {
    const game = parseGameId(similar[1])
    return game && { verb: 'similar', game }
  }
  const unshare = UNSHARE.exec(wire)
  if (unshare) return toUnshare(unshare)
  const account = ACCOUNT.exec(wire)
  return account ? { verb: account[1] as 'prove' | 'forget' } : undefined
}

function toUnshare([, answer, written, at]: RegExpExecArray): Action | undefined {
  const what = written === 'page' ? written : parseGameId(written)
  return what && { verb: 'unshare', answer: answer as AnswerId, what, at: new Date(Number(at)) }
}

function toOpinion([, verb, answer, written, way, ofPage, steamId]: RegExpExecArray): Action | undefined {
  const game = parseGameId(written)
  const page = ofPage === undefined ? undefined : readOwnPage(steamId)
  if (game === undefined || (ofPage !== undefined && !page)) return undefined
  return { verb: verb as Opinion, answer: answer as AnswerId, game, undo: way === 'undo', page }
}

function readOwnPage(written: string | undefined): OwnPage | undefined {
  const steamId = written === undefined ? undefined : parseSteamId64(written)
  return steamId === written ? { steamId } : undefined
}
