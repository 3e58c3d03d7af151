import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type OpenIdServer = {
  /** Where people sign in, as the setting names it. */
  readonly provider: string
  /** What reached the check of signatures, in order. */
  readonly checks: readonly URLSearchParams[]
  /** Somebody signs in under an address of ours; the address with which the browser comes back. `change` what Steam signs. */
  signIn(address: string, steamId: string, change?: Readonly<Record<string, string>>): URL
  /** The check answers so from now on; undefined: as Steam does. */
  answerWith(answer: { readonly status: number; readonly body: string } | undefined): void
  stop(): Promise<void>
}

const NS = 'http://specs.openid.net/auth/2.0'
const SIGNED = 'signed,op_endpoint,claimed_id,identity,return_to,response_nonce,assoc_handle'

/** A stand-in for Steam's sign-in: signs with a key of its own, and vouches for each signature once. */
export async function startOpenId(): Promise<OpenIdServer> {
  const secret = randomBytes(32)
  const vouched = new Set<string>()
  const checks: URLSearchParams[] = []
  let planned: { readonly status: number; readonly body: string } | undefined

  const signatureOf = (claims: URLSearchParams) =>
    createHmac('sha256', secret)
      .update(
        (claims.get('openid.signed') ?? '')
          .split(',')
          .map((name) => `${name}:${claims.get(`openid.${name}`) ?? ''}\n`)
          .join(''),
      )
      .digest('base64')

  const check = (claims: URLSearchParams) => {
    const nonce = claims.get('openid.response_nonce') ?? ''
    const good = claims.get('openid.sig') === signatureOf(claims) && !vouched.has(nonce)
    vouched.add(nonce)
    return `ns:${NS}\nis_valid:${good}\n`
  }

  const server = createServer(async (request, response) => {
    const claims = await readCheck(request)
    if (!claims) {
      response.writeHead(400).end()
      return
    }
    checks.push(claims)
    const { status, body } = planned ?? { status: 200, body: check(claims) }
    response.writeHead(status, { 'content-type': 'text/plain;charset=utf-8' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = `${origin}/openid/login`

  return {
    provider,
    checks,
    signIn(address, steamId, change = {}) {
      const asked = readAddress(address, provider)
      const identity = `${origin}/openid/id/${steamId}`
      const claims = new URLSearchParams({
        'openid.ns': NS,
        'openid.mode': 'id_res',
        'openid.op_endpoint': provider,
        'openid.claimed_id': identity,
        'openid.identity': identity,
        'openid.return_to': asked.returnTo,
        'openid.response_nonce': `${new Date().toISOString().slice(0, 19)}Z${randomBytes(9).toString('base64')}`,
        'openid.assoc_handle': '1234567890',
        'openid.signed': SIGNED,
      })
      for (const [name, value] of Object.entries(change)) claims.set(`openid.${name}`, value)
      claims.set('openid.sig', signatureOf(claims))
      const back = new URL(asked.returnTo)
      for (const [name, value] of claims) back.searchParams.set(name, value)
      return back
    },
    answerWith(answer) {
      planned = answer
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readCheck(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  if (request.method !== 'POST' || request.url !== '/openid/login' || !form) return undefined
  const claims = new URLSearchParams(await text(request))
  return claims.get('openid.mode') === 'check_authentication' ? withMode(claims) : undefined
}

/** Steam signs no mode, and checks what it said when it signed. */
function withMode(claims: URLSearchParams): URLSearchParams {
  claims.set('openid.mode', 'id_res')
  return claims
}

/** What Steam refuses to begin with. */
function readAddress(address: string, provider: string): { returnTo: string } {
  const url = new URL(address)
  const asked = (name: string) => url.searchParams.get(`openid.${name}`) ?? ''
  const returnTo = asked('return_to')
  const faults = [
    `${url.origin}${url.pathname}` !== provider && 'another provider',
    asked('ns') !== NS && 'no OpenID 2.0',
    asked('mode') !== 'checkid_setup' && 'no sign-in',
    asked('identity') !== `${NS}/identifier_select` && 'an identity of its own',
    asked('claimed_id') !== asked('identity') && 'a claim of its own',
    !returnTo.startsWith(asked('realm') || 'nowhere') && 'a way back outside of the realm',
  ].filter((fault) => fault !== false)
  if (faults.length > 0) throw new Error(`the sign-in asks for ${faults.join(', ')}`)
  return { returnTo }
}
