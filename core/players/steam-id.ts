import { parseSteamId64, type SteamId, steamIdOfAccount } from '../ids.ts'
import { unmarked } from '../marks.ts'
import type { SteamTarget, TypedAccount } from './library.ts'

/** Longer than any link that Steam shows; keeps hostile input cheap. */
const MAX_LENGTH = 500

const VANITY = /^[\w-]{2,32}$/
const FRIEND_CODE = /^[1-9]\d{0,9}$/
const STEAM2 = /^STEAM_[01]:([01]):(\d{1,10})$/i
const STEAM3 = /^\[?U:1:(\d{1,10})\]?$/i
const HOST = /^(?:www\.|m\.)?(?:steamcommunity\.com|my\.steamchina\.com|steamchina\.com)$/

/** Of the short links that Steam's app shares, the letters that stand for hexadecimal digits. */
const SHORT_HOSTS: readonly string[] = ['s.team', 'www.s.team']
const SHORT_LETTERS = 'bcdfghjkmnpqrtvw'

/**
 * Reads a Steam ID in any form that people paste; undefined for anything else, never an error.
 *
 * - `76561197960287930`: an id64, whatever its instance bits.
 * - `STEAM_0:0:11101`, `STEAM_1:0:11101`, `[U:1:22202]`, `U:1:22202`: the older written forms.
 * - `https://steamcommunity.com/profiles/76561197960287930` or `…/profiles/[U:1:22202]`, `…/id/gabelogannewell`,
 *   `…/user/pq-ghkt`, the same of steamchina.com, and `https://s.team/p/pq-ghkt`: links, with or without scheme, `www.`, a
 *   page below the profile, or a query. No other host.
 * - any of these beside other words, such as the name of the player, where it stands alone among them.
 * - `22202`: a friend code, which is the account number.
 * - `gabelogannewell`: a custom name of 2 to 32 letters, digits, `_` and `-`.
 *
 * Digits alone are never a name: 17 of them are an id64, up to 10 a friend code, any other count nothing. A name made of
 * digits can be given as its link. Only individual accounts of the public universe exist for us.
 * What chat programs put round the text is taken off.
 */
export function parseSteamTarget(text: string): SteamTarget | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const bare = unmarked(text)
  return parseForm(bare) ?? parseAmong(bare)
}

/** Reads what was typed for a Steam account, and keeps it for the sentences that repeat it. */
export function readAccount(typed: string): TypedAccount {
  return { typed, target: parseSteamTarget(typed) }
}

function parseForm(text: string): SteamTarget | undefined {
  if (text.includes('/')) return fromLink(text)
  if (/^\d+$/.test(text))
    return asTarget(FRIEND_CODE.test(text) ? steamIdOfAccount(text) : parseSteamId64(text))
  return asTarget(fromSteam2(text) ?? fromSteam3(text)) ?? asVanity(text)
}

/** The one account of which words tell that cannot be a name. */
function parseAmong(text: string): SteamTarget | undefined {
  const words = text.split(' ').map((word) => word.replace(/^[(<{:,;=-]+|[)>}:,;.!?=-]+$/g, ''))
  if (words.length < 2 && words[0] === text) return undefined
  const targets = words.filter((word) => !FRIEND_CODE.test(word) && !VANITY_ALONE.test(word)).map(parseForm)
  const found = new Map(targets.filter((one) => one !== undefined).map((one) => [JSON.stringify(one), one]))
  return found.size === 1 ? found.values().next().value : undefined
}

/** Letters among them, so that it is no id64. */
const VANITY_ALONE = /^(?=[\w-]*[a-z_-])[\w-]*$/i

function fromSteam2(text: string): SteamId | undefined {
  const [, low, high] = STEAM2.exec(text) ?? []
  return low === undefined || high === undefined
    ? undefined
    : steamIdOfAccount(2n * BigInt(high) + BigInt(low))
}

function fromSteam3(text: string): SteamId | undefined {
  const account = STEAM3.exec(text)?.[1]
  return account === undefined ? undefined : steamIdOfAccount(account)
}

function fromLink(text: string): SteamTarget | undefined {
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  if (url?.port !== '' || url.username !== '') return undefined
  const [, section = '', encoded = ''] = url.pathname.split('/')
  // A browser copies brackets as %5B and %5D.
  const named = encoded
    .replaceAll('%5B', '[')
    .replaceAll('%5D', ']')
    .replace(/[.,;:!?)]+$/, '')
  if (SHORT_HOSTS.includes(url.hostname)) return section === 'p' ? asTarget(fromShort(named)) : undefined
  if (!HOST.test(url.hostname)) return undefined
  switch (section.toLowerCase()) {
    case 'profiles':
      return asTarget(parseSteamId64(named) ?? fromSteam3(named))
    case 'id':
      return asVanity(named)
    case 'user':
      return asTarget(fromShort(named))
    default:
      return undefined
  }
}

/** The account number, in hexadecimal digits that are written as other letters: `pq-ghkt`. */
function fromShort(code: string): SteamId | undefined {
  const digits = [...code.toLowerCase().replaceAll('-', '')].map((letter) => SHORT_LETTERS.indexOf(letter))
  if (digits.length === 0 || digits.length > 8 || digits.includes(-1)) return undefined
  return steamIdOfAccount(BigInt(`0x${digits.map((digit) => digit.toString(16)).join('')}`))
}

function asTarget(id: SteamId | undefined): SteamTarget | undefined {
  return id === undefined ? undefined : { kind: 'id', id }
}

function asVanity(name: string): SteamTarget | undefined {
  return VANITY.test(name) ? { kind: 'vanity', name } : undefined
}
