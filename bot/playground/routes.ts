import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { OwnedGame } from '../../core/library.ts'
import { type Locale, parseLocale } from '../../core/locale.ts'
import { newVisitor, parseVisitor, type VisitorId } from '../../core/visitor.ts'
import { pageWords, SAMPLES } from '../../core/words/page.ts'
import { parseLibraryText } from '../tasks/libraries.ts'
import {
  type Access,
  createTries,
  hasSignedIn,
  isFromHere,
  isLocalHost,
  isSame,
  setVisitor,
  signIn,
  visitorCookie,
} from './access.ts'
import { complete } from './complete.ts'
import type { DiscordSide } from './discord-side.ts'
import { type DoorNeeds, openDoor, type Where } from './door.ts'
import { identityOf } from './identity.ts'
import { loginPage, type PageNeeds, playgroundPage } from './page.ts'
import type { SamplePlayers } from './sample-players.ts'
import type { Shown, Side } from './shown.ts'
import type { SlackSide } from './slack-side.ts'
import { readTyped } from './typed.ts'

export type Playground = {
  readonly access: Exclude<Access, { kind: 'off' }>
  readonly door: DoorNeeds
  readonly sides: { readonly discord: DiscordSide; readonly slack: SlackSide }
  readonly samplePlayers: SamplePlayers
  readonly page: (locale: Locale) => Promise<Omit<PageNeeds, 'locale'>>
}

/** A library of fifty thousand games with their names. */
const MOST_BYTES = 5_000_000

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

const side = z.enum(['discord', 'slack'])
const lang = z.enum(['en', 'ko'])
const asked = z.object({
  side,
  lang,
  line: z.string().max(2000),
  /** One of the samples, or what the visitor has uploaded. */
  player: z.enum(SAMPLES).optional(),
  library: z.string().max(MOST_BYTES).optional(),
})
const pressed = z.object({ side, lang, wire: z.string().min(1).max(255) })
const typing = z.object({ lang, line: z.string().max(2000) })
const uploaded = z.object({ lang, library: z.string().max(MOST_BYTES) })
const login = z.object({ token: z.string().max(500) })

/** The page and what it asks for, in a scope of their own: nothing here touches the health, the metrics or Slack. */
export async function mountPlayground(server: FastifyInstance, playground: Playground): Promise<void> {
  await server.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => admit(playground.access, request, reply))
    addForms(scope)
    mountFiles(scope)
    mountLogin(scope, playground.access)
    mountPage(scope, playground)
  })
}

type Admitting = Playground['access']

/** The answer in place of the route's where somebody may not have it. */
function admit(access: Admitting, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
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

const FOLDER = path.join(import.meta.dirname, 'browser')
const FONTS = path.join(import.meta.dirname, '../pictures/fonts')

const FILES: Readonly<Record<string, string>> = {
  'page.js': 'text/javascript; charset=utf-8',
  'chat.js': 'text/javascript; charset=utf-8',
  'combobox.js': 'text/javascript; charset=utf-8',
  'discord.js': 'text/javascript; charset=utf-8',
  'slack.js': 'text/javascript; charset=utf-8',
  'marks.js': 'text/javascript; charset=utf-8',
  'dom.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'discord.css': 'text/css; charset=utf-8',
  'slack.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
}

/** As they stand in the folder: nothing is built. */
function mountFiles(scope: FastifyInstance): void {
  for (const [name, type] of Object.entries(FILES)) mountFile(scope, name, type, path.join(FOLDER, name))
  for (const weight of ['regular', 'bold']) {
    const name = `noto-sans-kr-${weight}.ttf`
    mountFile(scope, name, 'font/ttf', path.join(FONTS, name))
  }
}

function mountFile(scope: FastifyInstance, name: string, type: string, file: string): void {
  const bytes = readFileSync(file)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  scope.get(`/playground/${name}`, async (request, reply) => {
    reply.headers({ etag, 'cache-control': 'no-cache' })
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.type(type).send(bytes)
  })
}

function mountLogin(scope: FastifyInstance, access: Admitting): void {
  if (access.kind !== 'token') return
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

function mountPage(scope: FastifyInstance, playground: Playground): void {
  const { access } = playground
  const publicUrl = access.kind === 'token' ? access.publicUrl : undefined
  const visitorOf = (request: FastifyRequest, reply: FastifyReply): VisitorId => {
    const known = parseVisitor(visitorCookie(request))
    if (known !== undefined) return known
    const visitor = newVisitor(new Date())
    setVisitor(reply, visitor, publicUrl)
    return visitor
  }

  scope.get('/', async (request, reply) => {
    const locale = localeOf(request)
    visitorOf(request, reply)
    const html = playgroundPage({ locale, ...(await playground.page(locale)) })
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html)
  })
  scope.post('/playground/ask', { bodyLimit: 2 * MOST_BYTES }, async (request, reply) => {
    const { data } = asked.safeParse(request.body)
    if (!data) return reply.code(400).send({ problem: 'bad request' })
    const library = await libraryOf(playground, data)
    const where = whereFor(playground, visitorOf(request, reply), data, library)
    return { shown: await playground.sides[data.side].command(readTyped(data.line), where) }
  })
  scope.post(
    '/playground/press',
    async (request, reply): Promise<{ shown: readonly Shown[] } | FastifyReply> => {
      const { data } = pressed.safeParse(request.body)
      if (!data) return reply.code(400).send({ problem: 'bad request' })
      const where = whereFor(playground, visitorOf(request, reply), data, undefined)
      return { shown: await playground.sides[data.side].press(data.wire, where) }
    },
  )
  scope.post('/playground/complete', async (request, reply) => {
    const { data } = typing.safeParse(request.body)
    if (!data) return reply.code(400).send({ problem: 'bad request' })
    const where = whereFor(
      playground,
      visitorOf(request, reply),
      { side: 'discord', lang: data.lang },
      undefined,
    )
    const proposals = await complete(data.line, data.lang, (typed, option) =>
      playground.sides.discord.complete(typed, option, where),
    )
    return { proposals }
  })
  scope.post('/playground/library', { bodyLimit: 2 * MOST_BYTES }, async (request, reply) => {
    const { data } = uploaded.safeParse(request.body)
    if (!data) return reply.code(400).send({ problem: 'bad request' })
    const words = pageWords(data.lang)
    try {
      return { label: words.uploaded(parseLibraryText(data.library).length) }
    } catch (error) {
      return reply.code(400).send({ problem: words.badLibrary((error as Error).message) })
    }
  })
}

type Asked = z.infer<typeof asked>

/** Of whom the visitor plays; what was uploaded has been looked at before. */
async function libraryOf(
  { samplePlayers }: Playground,
  { player, library }: Asked,
): Promise<readonly OwnedGame[] | undefined> {
  if (player !== undefined) return samplePlayers(player)
  if (library === undefined) return undefined
  try {
    return parseLibraryText(library)
  } catch {
    return []
  }
}

function whereFor(
  { door }: Playground,
  visitor: VisitorId,
  { side, lang }: { readonly side: Side; readonly lang: Locale },
  library: readonly OwnedGame[] | undefined,
): Where {
  const identity = identityOf(visitor)
  return { identity, locale: lang, door: openDoor(door, { identity, side, library }) }
}

/** What the address asks for, else the first language of the browser that we speak. */
function localeOf(request: FastifyRequest): Locale {
  const wanted = new URL(request.url, 'http://here').searchParams.get('lang') ?? undefined
  const spoken = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.split(';')[0]?.trim())
  return [wanted, ...spoken].map((tag) => parseLocale(tag)).find((locale) => locale !== undefined) ?? 'en'
}
