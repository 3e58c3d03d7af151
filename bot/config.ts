import path from 'node:path'
import { z } from 'zod'

const text = z.string().trim().min(1)
const address = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })
const port = z.coerce.number().int().min(0).max(65_535)

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  DATA_DIR: text.default('.data'),
  MODEL_DIR: text.optional(),
  INFERENCE_URL: text
    .transform((list) => list.split(',').map((url) => url.trim()))
    .pipe(z.array(address).min(1))
    .optional(),
  INFERENCE_PROVIDER: z.enum(['auto', 'cpu', 'webgpu', 'cuda']).default('auto'),
  INFERENCE_HOST: text.default('127.0.0.1'),
  INFERENCE_PORT: port.default(8000),
  STEAM_API_KEY: z
    .string()
    .regex(/^[0-9A-Fa-f]{32}$/, 'must be the 32 hexadecimal digits of a Steam Web API key')
    .optional(),
  STEAM_API_URL: address.default('https://api.steampowered.com'),
  STEAM_STORE_URL: address.default('https://store.steampowered.com'),
  STEAM_OPENID_URL: address.default('https://steamcommunity.com/openid/login'),
  DISCORD_TOKEN: text.optional(),
  DISCORD_API_URL: address.default('https://discord.com/api'),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must begin with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_API_URL: address.default('https://slack.com/api/'),
  PUBLIC_URL: address.optional(),
  COMMANDS_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(20),
  // Less than a week, so that never two digests of one channel wait at once.
  DIGEST_CATCH_UP_HOURS: z.coerce.number().int().min(1).max(144).default(24),
  HTTP_HOST: text.default('127.0.0.1'),
  HTTP_PORT: port.default(3000),
  PLAYGROUND_TOKEN: z.string().trim().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

const HOUR_MS = 3_600_000

export type Provider = z.infer<typeof environment>['INFERENCE_PROVIDER']

export type Config = {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  readonly modelDir: string
  readonly inference: {
    /** Undefined: a worker of our own is started. */
    readonly urls: readonly string[] | undefined
    readonly provider: Provider
    readonly host: string
    readonly port: number
  }
  readonly steam: {
    readonly apiKey: string | undefined
    readonly apiUrl: string
    /** Where people prove their account by signing in. */
    readonly openIdUrl: string
  }
  readonly discord: { readonly token: string; readonly apiUrl: string } | undefined
  readonly slack:
    | {
        readonly botToken: string
        readonly apiUrl: string
        readonly mode:
          | { readonly kind: 'socket'; readonly appToken: string }
          | { readonly kind: 'http'; readonly signingSecret: string }
      }
    | undefined
  readonly http: {
    readonly host: string
    readonly port: number
    readonly publicUrl: string | undefined
    /** Lets people into the playground where it can be reached from other machines. */
    readonly playgroundToken: string | undefined
  }
  /** Of one person; a channel may have three times as many. */
  readonly commandsPerMinute: number
  /** For so long after its due time a digest is posted, and skipped afterwards. */
  readonly digestWindowMs: number
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/**
 * Pure: from the environment to the configuration. Throws one error that lists every fault by the setting's name, never
 * with its value, which may be a secret. An empty setting counts as absent, as in a copied example file.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environment.safeParse(given)
  const faults = parsed.success
    ? slackFaults(parsed.data)
    : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`)
  if (!parsed.success || faults.length > 0) {
    throw new Error(`bad configuration:\n${faults.map((fault) => `- ${fault}`).join('\n')}`)
  }
  return toConfig(parsed.data)
}

type Environment = z.infer<typeof environment>

/** A platform is configured whole or not at all. */
function slackFaults(env: Environment): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = env
  if (bot && !app && !secret) {
    return [
      'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) is missing beside SLACK_BOT_TOKEN',
    ]
  }
  if (!bot && (app || secret)) {
    return [`SLACK_BOT_TOKEN is missing beside ${app ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET'}`]
  }
  return []
}

function toConfig(env: Environment): Config {
  return {
    databaseUrl: env.DATABASE_URL,
    dataDir: path.resolve(env.DATA_DIR),
    modelDir: path.resolve(env.MODEL_DIR ?? path.join(env.DATA_DIR, 'models')),
    inference: {
      urls: env.INFERENCE_URL,
      provider: env.INFERENCE_PROVIDER,
      host: env.INFERENCE_HOST,
      port: env.INFERENCE_PORT,
    },
    steam: {
      apiKey: env.STEAM_API_KEY,
      apiUrl: env.STEAM_API_URL,
      openIdUrl: env.STEAM_OPENID_URL,
    },
    discord: env.DISCORD_TOKEN ? { token: env.DISCORD_TOKEN, apiUrl: env.DISCORD_API_URL } : undefined,
    slack: slackConfig(env),
    http: {
      host: env.HTTP_HOST,
      port: env.HTTP_PORT,
      publicUrl: env.PUBLIC_URL,
      playgroundToken: env.PLAYGROUND_TOKEN,
    },
    commandsPerMinute: env.COMMANDS_PER_MINUTE,
    digestWindowMs: env.DIGEST_CATCH_UP_HOURS * HOUR_MS,
    logLevel: env.LOG_LEVEL,
  }
}

/** With both modes given, Socket Mode wins. */
function slackConfig(env: Environment): Config['slack'] {
  if (!env.SLACK_BOT_TOKEN) return undefined
  const common = { botToken: env.SLACK_BOT_TOKEN, apiUrl: env.SLACK_API_URL }
  if (env.SLACK_APP_TOKEN) return { ...common, mode: { kind: 'socket', appToken: env.SLACK_APP_TOKEN } }
  return env.SLACK_SIGNING_SECRET
    ? { ...common, mode: { kind: 'http', signingSecret: env.SLACK_SIGNING_SECRET } }
    : undefined
}
