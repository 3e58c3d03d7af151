import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../core/app.ts'
import { parseLocale } from '../../core/locale.ts'
import { errorFields, type Log } from '../../core/log.ts'
import type { Accounts, Pending } from '../../core/players/accounts.ts'
import { type OpenId, openIdAddress, readSignIn } from '../../core/steam/open-id.ts'
import type { Strings } from '../../core/strings/language.ts'
import { explainProblem, stringsIn } from '../../core/strings/strings.ts'
import { Unavailable } from '../../core/unavailable.ts'
import { proveBySignIn } from '../../core/use-cases/account/link.ts'
import { PAGE_HEADERS, renderPage } from './web-page.ts'

export type SteamLogin = {
  readonly publicUrl: string
  readonly openId: OpenId
  readonly app: Pick<App, 'strings'>
  readonly accounts: Accounts
  readonly log: Log
}

/** The addresses that `/link` hands out, where this program can be reached from outside. */
export function loginUrlAt(publicUrl: string | undefined): ((code: string) => string) | undefined {
  return publicUrl === undefined ? undefined : (code) => addressOf(publicUrl, 'login', code)
}

function addressOf(publicUrl: string, page: 'login' | 'return', code: string): string {
  const url = new URL(`steam/${page}`, publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`)
  url.search = String(new URLSearchParams({ state: code }))
  return url.href
}

/**
 * The way to Steam and back. The first page says whose link it proves before anybody signs in: an address of somebody
 * else's, followed in good faith, would give them the account. It uses nothing up, since chats look at addresses too.
 */
export function mountSteamLogin(server: FastifyInstance, login: SteamLogin): void {
  server.get('/steam/login', async (request, reply) => {
    const { pending, words } = await whoseCode(login, request)
    if (!pending) return send(reply, 410, words, words.signIn.refused)
    const { signIn } = words
    const href = openIdAddress(login.openId, addressOf(login.publicUrl, 'return', pending.code))
    const page = { href, label: signIn.go, note: signIn.warn }
    const { platform, account } = accountOf(pending.user)
    return send(reply, 200, words, signIn.explain(platform, account, pending.steamId), page)
  })
  server.get('/steam/return', async (request, reply) => {
    const { pending, words } = await whoseCode(login, request)
    if (!pending) return send(reply, 410, words, words.signIn.refused)
    const { status, sentence } = await outcomeOf(login, pending, request).then(
      (outcome) => OUTCOMES[outcome](words, pending),
      (error: unknown) => whenAway(login, error, words),
    )
    return send(reply, status, words, sentence)
  })
}

type Outcome = Awaited<ReturnType<typeof proveBySignIn>> | 'refused'

async function outcomeOf(login: SteamLogin, pending: Pending, request: FastifyRequest): Promise<Outcome> {
  const returnTo = addressOf(login.publicUrl, 'return', pending.code)
  const signedIn = await readSignIn(login.openId, returnTo, parametersOf(request))
  return signedIn === undefined ? 'refused' : proveBySignIn(login, pending, signedIn)
}

type Told = { readonly status: number; readonly sentence: string }

const OUTCOMES: { readonly [O in Outcome]: (strings: Strings, pending: Pending) => Told } = {
  proven: ({ signIn }, { steamId }) => ({ status: 200, sentence: signIn.proven(steamId) }),
  taken: (strings) => ({ status: 409, sentence: explainProblem({ kind: 'account-taken' }, strings) }),
  'wrong-account': ({ signIn }, { steamId }) => ({ status: 403, sentence: signIn.wrongAccount(steamId) }),
  expired: ({ signIn }) => ({ status: 410, sentence: signIn.refused }),
  refused: ({ signIn }) => ({ status: 403, sentence: signIn.refused }),
}

function whenAway({ log }: SteamLogin, error: unknown, { signIn }: Strings): Told {
  if (!(error instanceof Unavailable)) throw error
  log('warn', 'could not verify a sign-in', errorFields(error))
  return { status: 503, sentence: signIn.steamAway }
}

/** Whose link an address proves, and the language in which to speak to them. */
async function whoseCode({ accounts, app }: SteamLogin, request: FastifyRequest) {
  const locale = parseLocale(request.headers['accept-language']?.split(/[,;]/)[0])
  const code = parametersOf(request).get('state') ?? ''
  const found = await accounts.pending({ code })
  // The playground proves nothing: a proof would take the account from its owner elsewhere.
  const pending = found?.user.startsWith('playground:') ? undefined : found
  return {
    pending,
    words: pending ? await app.strings({ user: pending.user, locale, place: undefined }) : stringsIn(locale),
  }
}

function parametersOf({ url }: FastifyRequest): URLSearchParams {
  return new URL(url, 'http://here').searchParams
}

const PLATFORMS: ReadonlyMap<string, string> = new Map([
  ['discord', 'Discord'],
  ['slack', 'Slack'],
])

function accountOf(user: string): { platform: string; account: string } {
  const [platform = '', account = ''] = user.split(/:(.*)/s)
  return { platform: PLATFORMS.get(platform) ?? platform, account: account.split('.').at(-1) ?? account }
}

type Further = { readonly href: string; readonly label: string; readonly note: string }

function send(reply: FastifyReply, status: number, strings: Strings, sentence: string, further?: Further) {
  return reply
    .code(status)
    .headers(PAGE_HEADERS)
    .send(renderPage({ language: strings.locale, title: strings.signIn.title, sentence, further }))
}
