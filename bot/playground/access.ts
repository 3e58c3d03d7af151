import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import { createCoolDown } from '../platform/rate-limit.ts'

/** Who may use the playground. It runs commands, so a page of somebody else's must not reach it through a browser. */

/**
 * - `off`: it could be reached from other machines, and nobody has set a token.
 * - `local`: for browsers on this machine.
 * - `token`: for whoever has signed in.
 */
export type Access =
  | { readonly kind: 'off'; readonly why: string }
  | { readonly kind: 'local' }
  | { readonly kind: 'token'; readonly token: string; readonly publicUrl: string | undefined }

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/

type Reach = Pick<Config['http'], 'host' | 'publicUrl' | 'playgroundToken'>

/** Pure. Where there is a public address, somebody leads strangers to this port, whatever it is bound to. */
export function accessOf({ host, publicUrl, playgroundToken }: Reach): Access {
  if (playgroundToken !== undefined) return { kind: 'token', token: playgroundToken, publicUrl }
  if (!LOOPBACK.test(host)) return { kind: 'off', why: `HTTP_HOST is ${host}` }
  return publicUrl === undefined ? { kind: 'local' } : { kind: 'off', why: 'PUBLIC_URL is set' }
}

/** A name that leads here but is not this machine's may be a stranger's, who rebinds it. */
export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.test(host.replace(/:\d{1,5}$/, ''))
}

/** Browsers say from which site a request comes; only our own page sends one that changes anything. */
export function isFromHere({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const { origin, host } = headers
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host
}

const TOKEN_COOKIE = 'indiescout_playground'
const VISITOR_COOKIE = 'indiescout_visitor'
const WEEK_SECONDS = 7 * 86_400

/** What somebody who has signed in carries: it tells nothing of the token, and ends with it. */
function proofOf(token: string): string {
  return createHmac('sha256', token).update('playground').digest('base64url')
}

export function hasSignedIn(request: FastifyRequest, token: string): boolean {
  return isSame(cookieOf(request, TOKEN_COOKIE) ?? '', proofOf(token))
}

export function signIn(reply: FastifyReply, { token, publicUrl }: Extract<Access, { kind: 'token' }>): void {
  setCookie(reply, TOKEN_COOKIE, proofOf(token), isSecure(reply.request, publicUrl))
}

export function visitorCookie(request: FastifyRequest): string | undefined {
  return cookieOf(request, VISITOR_COOKIE)
}

export function setVisitor(reply: FastifyReply, visitor: string, publicUrl: string | undefined): void {
  setCookie(reply, VISITOR_COOKIE, visitor, isSecure(reply.request, publicUrl))
}

/** In a time that tells nothing: both are hashed to one length. */
export function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}

/** Five tries at once from one address, then one in twelve seconds; six times as many from all together. */
export function createTries(now: () => Date): (address: string) => number {
  const coolDown = createCoolDown({
    user: { burst: 5, everyMs: 12_000 },
    channel: { burst: 30, everyMs: 2_000 },
    now,
  })
  return (address) => coolDown({ user: `playground:${address}`, channel: 'playground:everybody' }, 1)
}

function cookieOf({ headers }: FastifyRequest, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split(/=(.*)/s))
  return pairs.find(([key]) => key === name)?.[1]
}

/** Over http a browser keeps no secure cookie. */
function isSecure({ headers }: FastifyRequest, publicUrl: string | undefined): boolean {
  if (publicUrl === undefined) return false
  const { protocol, host } = new URL(publicUrl)
  return protocol === 'https:' && host === headers.host
}

function setCookie(reply: FastifyReply, name: string, value: string, secure: boolean): void {
  const flags = `Path=/; Max-Age=${WEEK_SECONDS}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  reply.header('set-cookie', `${name}=${value}; ${flags}`)
}
