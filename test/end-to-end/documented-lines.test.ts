import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDiscordServer } from '../support/discord/server.ts'
import { documentedLines } from '../support/programs/documented-lines.ts'
import { type FreshFolder, freshFolder, type Running } from '../support/programs/fresh-folder.ts'
import { writeOperatorFiles } from '../support/programs/operator-files.ts'
import { startSlackServer } from '../support/slack/server.ts'
import { startSteam } from '../support/steam/steam-server.ts'

/**
 * The lines of the README and of its pages, typed in a fresh folder, one after the other, with `.env` as it comes from the
 * example. Each is run here, or named with the reason why not.
 */
const STARTS = ['npm start', 'SHARDS=0-7/16 npm start', 'SHARDS=8-15/16 npm start']

/** In their order, beside a program that runs; with the code that they end with, and what they say. */
const RUN: readonly (readonly [line: string, code: number, says: string | RegExp])[] = [
  ['npm start -- --smoke', 0, 'smoke test passed'],
  ['npm run doctor', 0, '✓ database'],
  ['npm run register', 0, 'wrote the Slack manifest'],
  ['npm run migrate', 0, 'the database is up to date'],
  ['openssl rand -hex 32', 0, /^[0-9a-f]{64}$/],
  ['openssl rand -base64 32', 0, /^[\w+/]{43}=$/],
  ['npm run evaluate -- --help', 0, 'Usage: indiescout evaluate'],
  ['npm run evaluate', 0, 'P@10'],
  ['npm run import -- games steam_games.csv.gz', 0, '24 new'],
  ['npm run import -- players users_items.json.gz', 0, '720 new'],
  ['npm run import -- blocklist blocked.txt', 0, '1 new'],
  ['npm run import -- rates eurofxref.zip', 0, '1 new'],
  ['npm run train', 0, 'published a model'],
  ['npm run train -- --variant edlae', 0, 'published a model'],
  ['npm run train -- --newcomers 2000', 0, 'published a model'],
  ['npm run train -- --gram gram.parquet', 0, 'published a model'],
  ['npm run train -- --gram gram.csv.gz --variant ease', 0, 'published a model'],
  ['npm run refresh', 0, /./],
  ['npm run rollback', 0, /./],
  ['npm run catalogue', 0, 'STEAM_API_KEY'],
  ['npm run libraries', 1, 'STEAM_API_KEY'],
  ['npm run recommend -- library.json --genre Puzzle', 0, /./],
]

const WITH_OTHERS = 'takes a program that is not part of this one'
const INSTALLS = 'installs from the registry: CI does it before these tests'
const BENCH = 'a measurement: takes minutes, and is no part of setting up'

const NOT_RUN: readonly (readonly [line: RegExp, why: string])[] = [
  [/^(git pull && )?npm ci && /, INSTALLS],
  [/^npm rebuild /, INSTALLS],
  [/^(npm run bench:|(node_modules\/\.bin\/)?node bench\/)/, BENCH],
  [/^npm run evaluate -- --(compare|explain|search N)$/, BENCH],
  [/^npm run (image:try|test:operations)/, 'a lane of its own'],
  [/^(tar|pg_dump|pg_restore|createdb|psql) /, 'has a test of its own, on a server of its own'],
  [/^(docker|kubectl|tritonserver) /, WITH_OTHERS],
  [/^cp deploy\/kubernetes\//, WITH_OTHERS],
  [
    /^cp \.env\.example \.env && echo /,
    'the first half is how this folder begins, the second is for Docker Compose',
  ],
  [/https:\/\//, 'fetches from the network; the same is run with the file'],
  [/…/, 'leaves out what the operator fills in'],
  [/^npm run inference$/, 'the worker of `npm start` is run so'],
  [/^npm run recommend -- --json$/, 'names an option; the player is left out'],
]

const isNotRun = (line: string) => NOT_RUN.some(([pattern]) => pattern.test(line))

it('are all run here, or named with the reason why not', () => {
  const run: readonly string[] = [...STARTS, ...RUN.map(([line]) => line)]
  expect(documentedLines().filter((line) => !run.includes(line) && !isNotRun(line))).toEqual([])
  expect(documentedLines().length).toBeGreaterThan(30)
  const fromTheNetwork = ['npm run import -- rates eurofxref.zip']
  expect(run.filter((line) => !documentedLines().includes(line) && !fromTheNetwork.includes(line))).toEqual(
    [],
  )
})

const urlOf = (output: string) => /"url":"(http[^"]+)","platforms"/.exec(output)?.[1] ?? ''

async function stop(running: Running): Promise<void> {
  running.child.kill('SIGTERM')
  await running.ended
}

describe('without a single setting', () => {
  let folder: FreshFolder
  let program: Running

  beforeAll(async () => {
    folder = await freshFolder()
    await writeOperatorFiles(folder.path)
    program = folder.start('npm start')
    await program.said('"ready"')
  })

  afterAll(async () => {
    await stop(program)
    await folder.remove()
  })

  it('npm start serves the playground and is healthy', async () => {
    const page = await fetch(urlOf(program.output))
    expect(page.status).toBe(200)
    expect((await fetch(`${urlOf(program.output)}/health/ready`)).status).toBe(200)
    expect(program.output).toContain('"platforms":"none"')
  })

  it.each(STARTS.slice(1))(
    '%s starts where there is no Discord',
    async (line) => {
      const running = folder.start(line)
      await running.said('"ready"')
      expect(running.output).toContain('SHARDS has no effect without DISCORD_TOKEN')
      await stop(running)
    },
    120_000,
  )

  it.each(RUN)(
    '%s',
    async (line, code, says) => {
      const ended = await folder.run(line)
      expect(ended.output).toMatch(says)
      expect(ended.code).toBe(code)
      expect(ended.output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
    },
    300_000,
  )
})

/** As they stand in a file of Docker's, of Windows, and in a plain one. */
const WRITTEN: readonly (readonly [how: string, write: (name: string, value: string) => string])[] = [
  ['plain', (name, value) => `${name}=${value}\n`],
  ['in quotes', (name, value) => `${name}="${value}"\n`],
  ['with line ends of Windows', (name, value) => `${name}='${value}'\r\n`],
]

describe('with the settings of every platform', () => {
  const opened: (() => unknown)[] = []
  afterAll(async () => {
    for (const close of opened.splice(0).reverse()) await close()
  })

  async function settings() {
    const steam = await startSteam()
    const discord = await startDiscordServer()
    const slack = await startSlackServer({ mode: 'socket' })
    opened.push(steam.stop, discord.stop, slack.close)
    const { mode, botToken, apiUrl } = slack.options
    const values = {
      ...{ STEAM_API_KEY: steam.key, STEAM_API_URL: steam.url },
      ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
      ...{ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: mode.kind === 'socket' ? mode.appToken : '' },
      SLACK_API_URL: apiUrl,
    }
    return { steam, discord, values }
  }

  it('npm start connects, npm run register and npm run doctor are content, however they are written', async () => {
    const { discord, values } = await settings()
    const folder = await freshFolder()
    opened.push(folder.remove)
    const lines = Object.entries(values)
    const write = (at: number) => WRITTEN[at % WRITTEN.length]?.[1] ?? WRITTEN[0]?.[1]
    const text = lines.map(([name, value], at) => write(at)?.(name, value) ?? '').join('')
    await appendFile(path.join(folder.path, '.env'), text)

    const program = folder.start('npm start')
    opened.push(() => stop(program))
    await program.said('"ready"')
    expect(program.output).toContain('"platforms":"Slack, Discord"')
    expect(discord.gateway.identified).toBe(1)
    expect(discord.commands.length).toBeGreaterThan(10)

    const register = await folder.run('npm run register')
    expect(register.code).toBe(0)
    const doctor = await folder.run('npm run doctor')
    expect(doctor.output).toMatch(/✓ Discord:/)
    expect(doctor.output).toMatch(/✓ Slack:/)
    expect(doctor.output).toMatch(/✓ Steam:/)
    for (const { output } of [program, register, doctor]) {
      for (const secret of [values.DISCORD_TOKEN, values.SLACK_BOT_TOKEN, values.STEAM_API_KEY])
        expect(output).not.toContain(secret)
    }
  })

  it.each(WRITTEN)(
    'the environment may hold them %s, and wins over the file',
    async (_how, write) => {
      const { discord, values } = await settings()
      const env = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, write('', value).slice(1).replace(/\n$/, '')]),
      )
      const folder = await freshFolder()
      opened.push(folder.remove)
      await appendFile(path.join(folder.path, '.env'), 'DISCORD_TOKEN=old\nSLACK_BOT_TOKEN=\nSHARDS=\n')
      const register = await folder.run('npm run register', env)
      expect(register.output).not.toContain('bad configuration')
      expect(register.code).toBe(0)
      expect(discord.commands.length).toBeGreaterThan(10)
    },
    120_000,
  )
})
