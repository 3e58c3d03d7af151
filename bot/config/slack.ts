import { z } from 'zod'

const text = z.string().trim().min(1)

/** 32 bytes, in base64 or hexadecimal; several, separated by commas. */
const keys = text.transform((list, context) => {
  const read = list.split(',').map(readKey)
  const found = read.filter((key) => key !== undefined)
  if (found.length === read.length) return found
  context.addIssue('must be 32 bytes in base64, as `openssl rand -base64 32` makes them; several by commas')
  return z.NEVER
})

function readKey(given: string): Buffer | undefined {
  const trimmed = given.trim()
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex')
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)
  return isBase64 ? Buffer.from(trimmed, 'base64') : undefined
}

export const slackSettings = {
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must begin with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  SLACK_STATE_SECRET: z.string().trim().min(16, 'must have 16 characters at least').optional(),
  TOKEN_ENCRYPTION_KEY: keys.optional(),
} as const

type Settings = {
  readonly [Name in keyof typeof slackSettings]?: z.infer<(typeof slackSettings)[Name]>
} & { readonly SLACK_API_URL: string; readonly PUBLIC_URL?: string | undefined }

/** How workspaces install the app by themselves. */
type SlackOAuth = {
  readonly clientId: string
  readonly clientSecret: string
  /** Signs what travels through the browser. */
  readonly stateSecret: string
  /** The first encrypts the stored tokens, all decrypt. */
  readonly encryptionKeys: readonly Buffer[]
  readonly publicUrl: string
}

export type SlackConfig = {
  readonly apiUrl: string
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string }
  /** One workspace by its token, or all that have installed the app. */
  readonly access:
    | { readonly kind: 'token'; readonly botToken: string }
    | ({ readonly kind: 'oauth' } & SlackOAuth)
}

const OAUTH = [
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'SLACK_STATE_SECRET',
  'TOKEN_ENCRYPTION_KEY',
] as const

/** A platform is configured whole or not at all. */
export function slackFaults(env: Settings): string[] {
  const given = OAUTH.filter((name) => env[name] !== undefined)
  return given.length > 0 ? oauthFaults(env, given) : tokenFaults(env)
}

function tokenFaults(env: Settings): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = env
  if (bot && !app && !secret) return [`${WAYS} is missing beside SLACK_BOT_TOKEN`]
  if (!bot && (app || secret)) {
    return [`SLACK_BOT_TOKEN is missing beside ${app ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET'}`]
  }
  return []
}

const WAYS = 'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode)'

function oauthFaults(env: Settings, given: readonly string[]): string[] {
  const beside = `beside ${given[0]}`
  const missing = OAUTH.filter((name) => env[name] === undefined).map(
    (name) => `${name} is missing ${beside}`,
  )
  const isReachable = env.PUBLIC_URL?.startsWith('https://')
  return [
    ...missing,
    ...(env.SLACK_BOT_TOKEN
      ? [`SLACK_BOT_TOKEN must be absent ${beside}: each workspace brings its own`]
      : []),
    ...(env.SLACK_APP_TOKEN || env.SLACK_SIGNING_SECRET ? [] : [`${WAYS} is missing ${beside}`]),
    ...(isReachable
      ? []
      : [`PUBLIC_URL must be an https address ${beside}: Slack sends installers back there`]),
  ]
}

/** Of settings without a fault. With both modes given, Socket Mode wins. */
export function slackConfig(env: Settings): SlackConfig | undefined {
  const access = accessOf(env)
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env
  if (!access || !(appToken || signingSecret)) return undefined
  const mode = appToken
    ? ({ kind: 'socket', appToken } as const)
    : ({ kind: 'http', signingSecret: signingSecret ?? '' } as const)
  return { apiUrl: env.SLACK_API_URL, mode, access }
}

function accessOf(env: Settings): SlackConfig['access'] | undefined {
  if (env.SLACK_BOT_TOKEN) return { kind: 'token', botToken: env.SLACK_BOT_TOKEN }
  const {
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
  } = env
  const { TOKEN_ENCRYPTION_KEY: encryptionKeys, PUBLIC_URL: publicUrl } = env
  if (!clientId || !clientSecret || !stateSecret || !encryptionKeys || !publicUrl) return undefined
  return { kind: 'oauth', clientId, clientSecret, stateSecret, encryptionKeys, publicUrl }
}
