import type { SteamId } from '../ids.ts'
import { parseSteamId64 } from '../ids.ts'
import { Unavailable } from '../unavailable.ts'

/** Steam's OpenID 2.0: somebody signs in there and comes back with a signed word on which account is theirs. */
export type OpenId = {
  /** Where Steam asks people to sign in, and where its signature is checked. */
  readonly provider: string
  readonly timeoutMs?: number
  readonly now?: () => Date
}

const NS = 'http://specs.openid.net/auth/2.0'
const SELECT = `${NS}/identifier_select`
const MAX_ANSWER = 4096

/** Steam signs more; without these a signature says nothing about the one thing that we ask. */
const MUST_BE_SIGNED = ['op_endpoint', 'claimed_id', 'identity', 'return_to', 'response_nonce']

/** How far our clocks may differ, and how long somebody may take for the way back. */
const NONCE_LIFE_MS = 5 * 60_000

/** Where to send somebody, who will come back to `returnTo`. */
export function openIdAddress({ provider }: OpenId, returnTo: string): string {
  const url = new URL(provider)
  url.search = String(
    new URLSearchParams({
      'openid.ns': NS,
      'openid.mode': 'checkid_setup',
      'openid.return_to': returnTo,
      'openid.realm': new URL('/', returnTo).href,
      'openid.identity': SELECT,
      'openid.claimed_id': SELECT,
    }),
  )
  return url.href
}

/**
 * Who signed in, by what a browser brought back to `returnTo`; undefined for anything that is not Steam's own word, given
 * for this address and just now. That the word is used once is up to the caller, whose address holds a code for one use.
 * Throws `Unavailable('steam')` where Steam does not answer.
 */
export async function readSignIn(
  openId: OpenId,
  returnTo: string,
  brought: URLSearchParams,
): Promise<SteamId | undefined> {
  const claims = readClaims(brought)
  if (!claims) return undefined
  const { provider, now = () => new Date() } = openId
  const fits =
    claims.ns === NS &&
    claims.mode === 'id_res' &&
    claims.op_endpoint === provider &&
    claims.return_to === returnTo &&
    claims.claimed_id === claims.identity &&
    MUST_BE_SIGNED.every((name) => claims.signed?.split(',').includes(name)) &&
    isRecent(claims.response_nonce, now())
  const steamId = fits ? accountIn(claims.claimed_id, provider) : undefined
  if (steamId === undefined) return undefined
  return (await isSigned(openId, claims)) ? steamId : undefined
}

type Claims = Readonly<Record<string, string>>

/** The claims by name, without `openid.`; undefined where one stands twice, since two readers could take two of them. */
function readClaims(brought: URLSearchParams): Claims | undefined {
  const claims = [...brought].filter(([name]) => name.startsWith('openid.'))
  const byName = new Map(claims.map(([name, value]) => [name.slice('openid.'.length), value]))
  return byName.size === claims.length ? Object.fromEntries(byName) : undefined
}

/** A nonce begins with the time at which it was made. */
function isRecent(nonce: string | undefined, now: Date): boolean {
  const at = Date.parse(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/.exec(nonce ?? '')?.[0] ?? '')
  return Math.abs(now.getTime() - at) <= NONCE_LIFE_MS
}

/** `https://steamcommunity.com/openid/id/76561197960287930`, from the provider itself and nobody else. */
function accountIn(claimedId: string | undefined, provider: string): SteamId | undefined {
  const prefix = new URL('id/', provider).href
  return claimedId?.startsWith(prefix) ? parseSteamId64(claimedId.slice(prefix.length)) : undefined
}

async function isSigned({ provider, timeoutMs = 5_000 }: OpenId, claims: Claims): Promise<boolean> {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...claims, mode: 'check_authentication' }))
    asked.set(`openid.${name}`, value)
  try {
    const response = await fetch(provider, {
      method: 'POST',
      body: asked,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) throw new Error(`the sign-in service answered ${response.status}`)
    return says(await readShort(response), 'is_valid', 'true')
  } catch (error) {
    throw new Unavailable('steam', error)
  }
}

async function readShort(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MAX_ANSWER) throw new Error('the sign-in service answered at length')
  }
  return text
}

/** `name:value`, a line each. */
function says(answer: string, name: string, value: string): boolean {
  return answer.split('\n').some((line) => line.trim() === `${name}:${value}`)
}
