import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readConfig, SETTINGS } from '../../../bot/config/config.ts'
import { completeEnvironment, readEnvFile, readValue } from '../../../bot/config/environment.ts'
import { createRequests } from '../../../bot/discord/playground/requests.ts'
import { createClient } from '../../../bot/discord/receive/connection.ts'
import { temporaryFolder } from '../../support/folder.ts'

/** A value of each setting that is not the default. */
const VALUES: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://u:p@h/d',
  DATABASE_WAIT_SECONDS: '5',
  DATA_DIR: '/data',
  MODEL_DIR: '/models',
  INFERENCE_URL: 'http://a:8000,http://b:8000',
  INFERENCE_PROVIDER: 'cpu',
  INFERENCE_HOST: '0.0.0.0',
  INFERENCE_PORT: '8001',
  STEAM_API_KEY: '0123456789abcdef0123456789ABCDEF',
  STEAM_API_URL: 'http://127.0.0.1:1',
  STEAM_STORE_URL: 'http://127.0.0.1:2',
  STEAM_CALLS_PER_DAY: '7',
  STORE_CALLS_PER_MINUTE: '7',
  STEAM_OPENID_URL: 'http://127.0.0.1:3',
  DISCORD_TOKEN: 'a.b.c',
  DISCORD_API_URL: 'http://127.0.0.1:4',
  SHARDS: '0-1/2',
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  SLACK_SIGNING_SECRET: 'signed',
  SLACK_API_URL: 'http://127.0.0.1:5/api/',
  PUBLIC_URL: 'https://bot.example',
  COMMANDS_PER_MINUTE: '7',
  DATABASE_POOL_SIZE: '7',
  METRICS_PORT: '8',
  SHUTDOWN_GRACE_SECONDS: '7',
  DIGEST_CATCH_UP_HOURS: '7',
  REFRESH_CRON: '1 2 * * *',
  MODEL_VERSIONS_KEPT: '7',
  OPS_WEBHOOK_URL: 'https://discord.com/api/webhooks/1/x',
  HTTP_HOST: '0.0.0.0',
  HTTP_PORT: '7',
  PLAYGROUND_TOKEN: 'sixteen letters!',
  LOG_LEVEL: 'warn',
  LOG_FORMAT: 'json',
}

/** Workspaces that install the app by themselves bring no token of their own. */
const INSTALLED = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client',
  SLACK_STATE_SECRET: 'sixteen letters!',
  TOKEN_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
}

const { SLACK_BOT_TOKEN: _, ...OTHERS } = VALUES
const SETS = [VALUES, { ...OTHERS, ...INSTALLED }]

const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n', '\u00a0', '\ufeff'), maxLength: 3 })
const quotes = fc.constantFrom(['', ''], ['"', '"'], ["'", "'"], ['`', '`'], ['“', '”'], ['‘', '’'])
const wrapping = fc.record({ before: space, quotes, inside: space, after: space })
type Wrapping = typeof wrapping extends fc.Arbitrary<infer T> ? T : never

const wrap = (value: string, { before, quotes: [open, close], inside, after }: Wrapping) =>
  `${before}${open}${inside}${value}${inside}${close}${after}`

const wrapAll = (values: Readonly<Record<string, string>>, how: Wrapping) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wrap(value, how)]))

describe('a value in the environment', () => {
  it('is known here for every setting', () => {
    expect(SETTINGS.toSorted()).toEqual([...Object.keys(VALUES), ...Object.keys(INSTALLED)].toSorted())
  })

  it('is understood in quotes and with spaces or a carriage return around it, for every setting', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SETS), wrapping, (values, how) => {
        expect(readConfig(wrapAll(values, how))).toEqual(readConfig(values))
      }),
    )
  })

  it('is absent where it is empty, in quotes too, for every setting', () => {
    fc.assert(
      fc.property(wrapping, (how) => {
        const empty = Object.fromEntries(SETTINGS.map((name) => [name, wrap('', how)]))
        expect(readConfig(empty)).toEqual(readConfig({}))
      }),
    )
  })

  it.each(['"half', 'half"', "'half", 'half`', '“half', '"half\'', '"'])(
    'is named where a mark is missing: %s',
    (value) => {
      for (const name of SETTINGS) {
        expect(() => readConfig({ ...VALUES, [name]: value }), name).toThrow(
          new RegExp(`^bad configuration:\\n- ${name} has a quotation mark at one end only$`),
        )
      }
    },
  )

  it('is named where it spans lines', () => {
    expect(readValue('one\ntwo')).toEqual({
      kind: 'fault',
      fault: 'spans several lines: is a quotation mark missing?',
    })
  })

  it('keeps marks in its middle', () => {
    expect(readValue('a"b\'c')).toEqual({ kind: 'text', text: 'a"b\'c' })
  })
})

describe('an env file', () => {
  async function written(content: string | Buffer): Promise<string> {
    const file = path.join(await temporaryFolder(), '.env')
    await writeFile(file, content)
    return file
  }

  it.each([
    ['line ends of Windows', 'A=1\r\nB="2"\r\nC=\r\n'],
    ['line ends of old Macs', 'A=1\rB="2"\rC=\r'],
    ['a byte order mark', '\uFEFFA=1\nB="2"\nC=\n'],
    ['the word export, comments and spaces', "export A=1 # one\n# none\n B = '2'\nC=\n"],
  ])('is read with %s', async (_name, content) => {
    expect(readEnvFile(await written(content))).toEqual({ A: '1', B: '2', C: '' })
  })

  it('need not be there', async () => {
    expect(readEnvFile(path.join(await temporaryFolder(), '.env'))).toEqual({})
  })

  it('is named where it is a folder, as Docker makes one of a file that is missing', async () => {
    const folder = path.join(await temporaryFolder(), '.env')
    await mkdir(folder)
    expect(() => readEnvFile(folder)).toThrow(`${folder} is a folder`)
  })

  it('is named where it is not text', async () => {
    const file = await written(Buffer.from('A=1', 'utf16le'))
    expect(() => readEnvFile(file)).toThrow(`${file} is not plain text: save it as UTF-8`)
  })

  it('names the setting that swallows the lines after it', async () => {
    const file = readEnvFile(await written('DISCORD_TOKEN="x\nPLAYGROUND_TOKEN="sixteen letters!"\n'))
    expect(() => readConfig(file)).toThrow('DISCORD_TOKEN spans several lines')
  })
})

describe('the environment', () => {
  it('wins over the file, also where it is empty, and keeps nothing empty', () => {
    const env = { A: 'mine', B: '', C: ' ', D: 'kept' }
    completeEnvironment(env, { A: 'file', B: 'file', E: 'file', F: '', G: '\r' })
    expect(env).toEqual({ A: 'mine', D: 'kept', E: 'file' })
  })

  it.each(['', '0/2', '"0/2"', '[1,2]', '5'])(
    'with SHARDS=%s leaves the clients of discord.js alone',
    (shards) => {
      process.env.SHARDS = shards
      try {
        const clients = [createClient('http://127.0.0.1:1'), createRequests().client]
        expect(clients.map(({ options }) => [options.shards, options.shardCount])).toEqual([
          [[0], 1],
          [[0], 1],
        ])
      } finally {
        delete process.env.SHARDS
      }
    },
  )
})
