import { randomUUID } from 'node:crypto'

/** Slack's side of an installation. https://docs.slack.dev/authentication/installing-with-oauth */

type Json = Record<string, unknown>

export const CLIENT = { id: '1234.5678', secret: 'stand-in-client-secret' } as const

/** A code is good for one exchange, within ten minutes. */
const CODE_MS = 10 * 60_000

type Grant = {
  readonly team: string
  readonly scope: string
  readonly redirectUri: string
  readonly at: number
  readonly wholeOrganisation: boolean
}

type Rules = { readonly now: () => number; readonly violate: (...faults: string[]) => void }

export type SlackOAuth = ReturnType<typeof createSlackOAuth>

export function createSlackOAuth({ now, violate }: Rules) {
  const codes = new Map<string, Grant>()
  const teams = new Map<string, string>()
  const revoked = new Set<string>()

  function access(form: URLSearchParams): Json {
    if (form.get('client_id') !== CLIENT.id) return refusal('invalid_client_id')
    if (form.get('client_secret') !== CLIENT.secret) return refusal('bad_client_secret')
    const grant = codes.get(form.get('code') ?? '')
    if (!grant || now() - grant.at > CODE_MS) return refusal('invalid_code')
    if (form.get('redirect_uri') !== grant.redirectUri) return refusal('bad_redirect_uri')
    codes.delete(form.get('code') ?? '')
    return granted(grant)
  }

  function tokenFor(team: string): string {
    const token = `xoxb-stand-in-${team}-${randomUUID()}`
    teams.set(token, team)
    return token
  }

  function granted({ team, scope, wholeOrganisation }: Grant): Json {
    const token = tokenFor(team)
    return {
      ...{ ok: true, app_id: 'A0KRD7HC3', access_token: token, token_type: 'bot', scope },
      bot_user_id: 'U00000BOT',
      authed_user: { id: 'W0INSTALLER' },
      team: wholeOrganisation ? null : { id: team, name: 'Slack Softball Team' },
      enterprise: wholeOrganisation ? { id: 'E12345678', name: 'slack-sports' } : null,
      is_enterprise_install: wholeOrganisation,
    }
  }

  return {
    access,
    /** Slack's word on a token of a workspace; undefined where it is none of these. */
    judge(token: string | undefined): { readonly team: string } | { readonly error: string } | undefined {
      const team = teams.get(token ?? '')
      if (team === undefined) return undefined
      return revoked.has(token ?? '') ? { error: 'account_inactive' } : { team }
    },
    controls: {
      /** A workspace's token, as if it had installed the app earlier. */
      grant: tokenFor,
      /** An admin agrees on the page that `address` leads to. Returns where Slack sends the browser. */
      approve(address: string, team: string, { wholeOrganisation = false } = {}): string {
        const { pathname, searchParams } = new URL(address)
        const [redirectUri, state] = [searchParams.get('redirect_uri') ?? '', searchParams.get('state') ?? '']
        if (pathname !== '/oauth/v2/authorize') violate(`no installation begins at ${pathname}`)
        if (searchParams.get('client_id') !== CLIENT.id) violate('an installation of another client')
        if (!redirectUri.startsWith('https://')) violate(`Slack sends nobody back to ${redirectUri}`)
        const code = randomUUID()
        const scope = searchParams.get('scope') ?? ''
        codes.set(code, { team, scope, redirectUri, at: now(), wholeOrganisation })
        return `${redirectUri}?${new URLSearchParams({ code, state })}`
      },
      /** The same, where the admin does not. */
      deny(address: string): string {
        const { searchParams } = new URL(address)
        const [redirectUri, state] = [searchParams.get('redirect_uri') ?? '', searchParams.get('state') ?? '']
        return `${redirectUri}?${new URLSearchParams({ error: 'access_denied', state })}`
      },
      /** The tokens that a workspace has granted so far are good no more. */
      revoke(team: string): void {
        for (const [token, of] of teams) if (of === team) revoked.add(token)
      },
    },
  }
}

function refusal(error: string): Json {
  return { ok: false, error }
}
