import path from 'node:path'
import { z } from 'zod'
import { readAddress } from '../../db/postgres/address.ts'
import { type Environment as Given, readValue } from './environment.ts'
import { type ShardRange, shardFaults, shardRange } from './shards.ts'
import { type SlackConfig, slackConfig, slackFaults, slackSettings } from './slack.ts'
import { isSchedule } from './slots.ts'
import { readWebhook, type Webhook } from './webhook.ts'

const text = z.string().trim().min(1)
const address = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })
const port = z.coerce.number().int().min(0).max(65_535)

const OFF = 'off'

const environment = z.object({
  DATABASE_WAIT_SECONDS: z.coerce.number().int().min(0).max(3600).default(60),
  DATABASE_URL: text.transform(toDatabaseUrl).optional(),
  // A task holds a connection of its own beside those that it works with.
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(1000).default(10),
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
  STEAM_CALLS_PER_DAY: z.coerce.number().int().min(0).max(10_000_000).default(100_000),
  // The store takes 200 in five minutes.
  STORE_CALLS_PER_MINUTE: z.coerce.number().int().min(0).max(39).default(37),
  STEAM_OPENID_URL: address.default('https://steamcommunity.com/openid/login'),
  DISCORD_TOKEN: text.optional(),
  DISCORD_API_URL: address.default('https://discord.com/api'),
  SHARDS: shardRange.optional(),
  ...slackSettings,
  SLACK_API_URL: address.default('https://slack.com/api/'),
  PUBLIC_URL: address.optional(),
  COMMANDS_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(20),
  // Less than a week, so that never two digests of one channel wait at once.
  DIGEST_CATCH_UP_HOURS: z.coerce.number().int().min(1).max(144).default(24),
  REFRESH_CRON: text
    .refine((cron) => cron === OFF || isSchedule(cron), 'must be a cron expression such as 0 4 * * 1, or off')
    .default('0 4 * * 1'),
  MODEL_VERSIONS_KEPT: z.coerce.number().int().min(2).max(1000).default(5),
  OPS_WEBHOOK_URL: text
    .transform(readWebhook)
    .refine(
      (webhook) => webhook !== undefined,
      'must be the address of an incoming webhook of Discord or Slack',
    )
    .optional(),
  HTTP_HOST: text.default('127.0.0.1'),
  HTTP_PORT: port.default(3000),
  METRICS_PORT: port.optional(),
  SHUTDOWN_GRACE_SECONDS: z.coerce.number().int().min(0).max(300).default(5),
  PLAYGROUND_TOKEN: z.string().trim().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  LOG_FORMAT: z.enum(['text', 'json']).optional(),
})

function toDatabaseUrl(given: string, { addIssue }: z.core.$RefinementCtx<string>): string {
  const address = readAddress(given)
  if ('url' in address) return address.url
  addIssue(address.fault)
  return z.NEVER
}

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(environment.shape)

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000

type Provider = z.infer<typeof environment>['INFERENCE_PROVIDER']

export type Config = {
  readonly databaseUrl: string | undefined
  /** For so long a start waits for a database that doesn't answer. */
  readonly databaseWaitMs: number
  /** So many connections of this process at most. */
  readonly poolSize: number
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
    readonly storeUrl: string
    /** Where people prove their account by signing in. */
    readonly openIdUrl: string
    /** Of one key; work that nobody waits for leaves a fifth of them. 0: there is no such work. */
    readonly callsPerDay: number
    /** Of one address, for the catalogue; 0: none. */
    readonly storeCallsPerMinute: number
  }
  readonly discord:
    | {
        readonly token: string
        readonly apiUrl: string
        /** Those of this process; undefined: the whole bot is one shard. */
        readonly shards?: ShardRange | undefined
      }
    | undefined
  readonly slack: SlackConfig | undefined
  readonly http: {
    readonly host: string
    readonly port: number
    readonly publicUrl: string | undefined
    /** Where /metrics is served instead; undefined: beside everything else. */
    readonly metricsPort: number | undefined
    /** For so long after the signal to end, what a balancer sends is still taken; 0 where none is in front. */
    readonly graceMs: number
    /** Lets people into the playground where it can be reached from other machines. */
    readonly playgroundToken: string | undefined
  }
  /** Of one person; a channel may have three times as many. */
  readonly commandsPerMinute: number
  /** For so long after its due time a digest is posted, and skipped afterwards. */
  readonly digestWindowMs: number
  readonly learning: {
    /** When the model is refreshed, in UTC; undefined: by hand alone. */
    readonly cron: string | undefined
    readonly versionsKept: number
    /** Where operators are told how it went. A secret. */
    readonly webhook: Webhook | undefined
  }
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** Undefined: text where a terminal is attached, JSON lines elsewhere. */
  readonly logFormat: 'text' | 'json' | undefined
  /** What is set and has no effect, in words. */
  readonly ignored: readonly string[]
}

/**
 * Pure: from the environment to the configuration. Throws one error that lists every fault by the setting's name, never
 * with its value, which may be a secret. An empty setting counts as absent, as in a copied example file.
 */
export function readConfig(env: Given): Config {
  const { given, unreadable } = readValues(env)
  const parsed = environment.safeParse(given)
  const faults = parsed.success
    ? togetherFaults(parsed.data)
    : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`)
  // What can't be read would be reported a second time, as missing.
  const all = unreadable.length > 0 && parsed.success ? unreadable : [...unreadable, ...faults]
  if (!parsed.success || all.length > 0) {
    throw new Error(`bad configuration:\n${all.map((fault) => `- ${fault}`).join('\n')}`)
  }
  return toConfig(parsed.data)
}

function togetherFaults(env: Environment): string[] {
  return [...slackFaults(env), ...shardFaults(env)]
}

function readValues(env: Given) {
  const values = SETTINGS.map((name) => ({ name, value: readValue(env[name]) }))
  return {
    given: Object.fromEntries(
      values.flatMap(({ name, value }) => (value.kind === 'text' ? [[name, value.text]] : [])),
    ),
    unreadable: values.flatMap(({ name, value }) =>
      value.kind === 'fault' ? [`${name} ${value.fault}`] : [],
    ),
  }
}

type Environment = z.infer<typeof environment>

/** Whether requests come from elsewhere: Slack's events, or people by PUBLIC_URL. */
function hasBalancer({ PUBLIC_URL, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN }: Environment): boolean {
  return PUBLIC_URL !== undefined || (SLACK_SIGNING_SECRET !== undefined && SLACK_APP_TOKEN === undefined)
}

function toConfig(env: Environment): Config {
  return {
    databaseUrl: env.DATABASE_URL,
    databaseWaitMs: env.DATABASE_WAIT_SECONDS * SECOND_MS,
    poolSize: env.DATABASE_POOL_SIZE,
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
      storeUrl: env.STEAM_STORE_URL,
      openIdUrl: env.STEAM_OPENID_URL,
      callsPerDay: env.STEAM_CALLS_PER_DAY,
      storeCallsPerMinute: env.STORE_CALLS_PER_MINUTE,
    },
    discord: env.DISCORD_TOKEN
      ? { token: env.DISCORD_TOKEN, apiUrl: env.DISCORD_API_URL, shards: env.SHARDS }
      : undefined,
    slack: slackConfig(env),
    http: {
      host: env.HTTP_HOST,
      port: env.HTTP_PORT,
      publicUrl: env.PUBLIC_URL,
      metricsPort: env.METRICS_PORT,
      graceMs: hasBalancer(env) ? env.SHUTDOWN_GRACE_SECONDS * 1000 : 0,
      playgroundToken: env.PLAYGROUND_TOKEN,
    },
    commandsPerMinute: env.COMMANDS_PER_MINUTE,
    digestWindowMs: env.DIGEST_CATCH_UP_HOURS * HOUR_MS,
    learning: {
      cron: env.REFRESH_CRON === OFF ? undefined : env.REFRESH_CRON,
      versionsKept: env.MODEL_VERSIONS_KEPT,
      webhook: env.OPS_WEBHOOK_URL,
    },
    logLevel: env.LOG_LEVEL,
    logFormat: env.LOG_FORMAT,
    ignored: env.SHARDS && !env.DISCORD_TOKEN ? ['SHARDS has no effect without DISCORD_TOKEN'] : [],
  }
}
