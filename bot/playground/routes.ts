import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Locale } from '../../core/locale.ts'
import { errorFields, newReference } from '../../core/log.ts'
import type { OwnedGame } from '../../core/players/library.ts'
import { isInItsWeek, newVisitor, parseVisitor, type VisitorId } from '../../core/players/visitor.ts'
import { SAMPLES } from '../../core/strings/page.ts'
import { pageWords } from '../../core/strings/page-words.ts'
import { stringsIn } from '../../core/strings/strings.ts'
import type { PlaygroundSide, Side, Where } from '../platform/playground-side.ts'
import { parseLibraryText } from '../terminal/library-file.ts'
import { setVisitor, visitorCookie } from './access.ts'
import { complete } from './complete.ts'
import { mountFiles } from './files.ts'
import { identityOf } from './identity.ts'
import { type Admitting, admit, localeOf, mountLogin } from './login.ts'
import { type PageNeeds, playgroundPage } from './page.ts'
import type { SamplePlayers } from './sample-players.ts'
import { readTyped } from './typed.ts'
import { type DoorNeeds, openDoor } from './visitor-session.ts'

export type Playground = {
  readonly access: Admitting
  readonly door: DoorNeeds
  /** Of the platforms that this program has. */
  readonly sides: Partial<Record<Side, PlaygroundSide>>
  readonly samplePlayers: SamplePlayers
  readonly page: (locale: Locale) => Promise<Omit<PageNeeds, 'locale'>>
}

/** A library of fifty thousand games with their names. */
const MOST_BYTES = 5_000_000

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

/** The page and what it asks for, in a scope of their own: nothing here touches the health, the metrics or Slack. */
export async function mountPlayground(server: FastifyInstance, playground: Playground): Promise<void> {
  await server.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => admit(playground.access, request, reply))
    explainErrors(scope, playground.door)
    mountFiles(scope)
    mountLogin(scope, playground.access)
    mountPage(scope, playground)
  })
}

/** As everywhere, what went wrong stands in the log under the reference that is shown. */
function explainErrors(scope: FastifyInstance, { log }: Pick<DoorNeeds, 'log'>): void {
  scope.setErrorHandler(async (error: FastifyError, request, reply) => {
    const { statusCode: status = 500 } = error
    if (status < 500) return reply.code(status).send({ problem: error.message })
    const reference = newReference()
    log('error', 'the playground failed', { reference, ...errorFields(error) })
    return reply.code(500).send({ problem: stringsIn(localeOf(request)).failures.ours(reference) })
  })
}

function mountPage(scope: FastifyInstance, playground: Playground): void {
  const { access } = playground
  const publicUrl = access.kind === 'token' ? access.publicUrl : undefined
  const visitorOf = (request: FastifyRequest, reply: FastifyReply): VisitorId => {
    const now = new Date()
    const known = parseVisitor(visitorCookie(request))
    if (known !== undefined && isInItsWeek(known, now)) return known
    const visitor = newVisitor(now)
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
    const side = data && playground.sides[data.side]
    if (!side) return reply.code(400).send({ problem: 'bad request' })
    const library = await libraryOf(playground, data)
    const where = whereFor(playground, visitorOf(request, reply), data, library)
    return { shown: await side.command(readTyped(data.line), where) }
  })
  scope.post('/playground/press', async (request, reply) => {
    const { data } = pressed.safeParse(request.body)
    const side = data && playground.sides[data.side]
    if (!side) return reply.code(400).send({ problem: 'bad request' })
    const where = whereFor(playground, visitorOf(request, reply), data, undefined)
    return { shown: await side.press(data.wire, where) }
  })
  scope.post('/playground/complete', async (request, reply) => {
    const { data } = typing.safeParse(request.body)
    if (!data) return reply.code(400).send({ problem: 'bad request' })
    const where = whereFor(
      playground,
      visitorOf(request, reply),
      { side: 'discord', lang: data.lang },
      undefined,
    )
    const proposals = await complete(
      data.line,
      data.lang,
      async (typed, option) => (await playground.sides.discord?.complete?.(typed, option, where)) ?? [],
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
