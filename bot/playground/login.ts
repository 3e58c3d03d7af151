import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Locale, parseLocale } from '../../core/locale.ts'
import { pageWords } from '../../core/strings/page-words.ts'
import { type Access, createTries, hasSignedIn, isFromHere, isLocalHost, isSame, signIn } from './access.ts'
import { loginPage } from './page.ts'

export type Admitting = Exclude<Access, { kind: 'off' }>

/** Steam's own image hosts, whose header images the cards show; everything else comes from here. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: https://*.steamstatic.com https://steamcdn-a.akamaihd.net",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  // With none at all, a form of ours would not say where it comes from.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
}

const login = z.object({ token: z.string().max(500) })

/** The answer in place of the route's where somebody may not have it. */
export function admit(
  access: Admitting,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  reply.headers(HEADERS)
  const refuse = (sentence: string) => reply.code(403).type('text/plain').send(`${sentence}\n`)
  if (access.kind === 'local' && !isLocalHost(request.headers.host))
    return refuse('Open this page as http://localhost, or set PLAYGROUND_TOKEN.')
  if (request.method === 'POST' && !isFromHere(request)) return refuse('This comes from another page.')
  if (access.kind === 'local' || OPEN_TO_ALL.test(request.url) || hasSignedIn(request, access.token))
    return undefined
  const locale = localeOf(request)
  return request.method === 'GET'
    ? reply.code(401).type('text/html; charset=utf-8').send(loginPage(locale, undefined))
    : reply.code(401).send({ problem: pageWords(locale).login })
}

/** What the login page is made of. */
const OPEN_TO_ALL = /^\/playground\/(login(\?|$)|[\w-]+\.(css|svg|ttf)$)/

function addForms(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 2_000 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
}

/** Where somebody brings the token. */
export function mountLogin(scope: FastifyInstance, access: Admitting): void {
  if (access.kind !== 'token') return
  addForms(scope)
  const triesOf = createTries(() => new Date())
  scope.post('/playground/login', async (request, reply) => {
    const words = pageWords(localeOf(request))
    const refuse = (status: number, problem: string) =>
      reply
        .code(status)
        .type('text/html; charset=utf-8')
        .send(loginPage(localeOf(request), problem))
    const seconds = triesOf(request.ip)
    if (seconds > 0) return refuse(429, words.tooMany(seconds))
    const { data } = login.safeParse(request.body)
    if (!data || !isSame(data.token, access.token)) return refuse(401, words.wrongToken)
    signIn(reply, access)
    return reply.redirect(`/?lang=${localeOf(request)}`, 303)
  })
}

/** What the address asks for, else the first language of the browser that we speak. */
export function localeOf(request: FastifyRequest): Locale {
  const wanted = new URL(request.url, 'http://here').searchParams.get('lang') ?? undefined
  const spoken = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.split(';')[0]?.trim())
  return [wanted, ...spoken].map((tag) => parseLocale(tag)).find((locale) => locale !== undefined) ?? 'en'
}
