import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { testDatabaseAt } from '../support/postgres/database.ts'

/** The command line as people run it: a process of its own, judged by what it prints and how it ends. */
const { url } = await testDatabaseAt()
const dataDir = await mkdtemp(path.join(tmpdir(), 'indiescout-'))
const env = {
  PATH: process.env.PATH,
  DATABASE_URL: url,
  DATA_DIR: dataDir,
  INFERENCE_PROVIDER: 'cpu',
  HTTP_PORT: '0',
}

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string }

async function run(args: readonly string[], more: Record<string, string> = {}): Promise<Ended> {
  const options = { env: { ...env, ...more }, maxBuffer: 2 ** 24 }
  return promisify(execFile)(process.execPath, ['bot/cli.ts', ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

/** Runs until a line of standard error says so, then ends it as an operator would. */
async function runUntil(args: readonly string[], said: string): Promise<Ended> {
  const child = spawn(process.execPath, ['bot/cli.ts', ...args], { env })
  const lines: string[] = []
  let stdout = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line)
    if (line.includes(said)) child.kill('SIGTERM')
  })
  const code = await new Promise<number>((resolve) => child.once('close', (value) => resolve(value ?? -1)))
  return { code, stdout, stderr: lines.join('\n') }
}

const sentences = ({ stderr }: Ended) => stderr.split('\n').filter((line) => line.startsWith('error: '))

describe('the command line', () => {
  it.each([
    'start',
    'import',
    'train',
    'refresh',
    'rollback',
    'evaluate',
    'recommend',
    'inference',
    'register',
    'migrate',
  ])('%s explains itself', async (command) => {
    const help = await run([command, '--help'])
    expect(help.code).toBe(0)
    expect(help.stdout).toContain(`Usage: indiescout ${command}`)
  })

  it.each([
    [['train'], 'no interactions'],
    [['import', 'cheese', 'x'], 'cannot import cheese'],
    [['import', 'games', 'missing.csv'], 'missing.csv'],
    [['recommend'], 'name a Steam ID'],
    [['recommend', 'missing.json'], 'there is no file missing.json'],
    [['recommend', 'a', '--raw', '--genre', 'Puzzle'], '--raw prints the model’s own order'],
    [['register', '--manifest', '/nowhere/manifest.json'], '/nowhere/manifest.json'],
  ])('%s ends with one sentence and not with 0', async (args, words) => {
    const ended = await run(args)
    expect(ended.code).not.toBe(0)
    expect(sentences(ended)).toHaveLength(1)
    expect(sentences(ended)[0]).toContain(words)
    expect(ended.stderr).not.toMatch(/^\s+at /m)
  })

  it.each([
    [['recommend', 'a', '--count', '0'], 'whole number from 1'],
    [['recommend', 'a', '--max-price', 'cheap'], 'number from 0'],
    [['train', '--min-players', '1.5'], 'whole number from 1'],
    [['dance'], 'unknown command'],
  ])('refuses %s before doing anything', async (args, words) => {
    const ended = await run(args)
    expect(ended.code).not.toBe(0)
    expect(ended.stderr).toContain(words)
  })

  it('lists every fault of the configuration without a value', async () => {
    const ended = await run(['train'], { STEAM_API_KEY: 'hunter2', HTTP_PORT: 'x' })
    expect(ended.code).not.toBe(0)
    expect(ended.stderr).toMatch(/STEAM_API_KEY[\s\S]*HTTP_PORT/)
    expect(ended.stderr).not.toContain('hunter2')
  })

  it('migrates, twice without harm, and ends', async () => {
    for (const _ of [1, 2]) {
      const ended = await run(['migrate'])
      expect(ended.code).toBe(0)
      expect(ended.stderr).toContain('the database is up to date')
    }
  })

  it('starts on an empty database: sample, model and worker', async () => {
    const ended = await runUntil(['start'], '"ready"')
    expect(ended.stderr).toContain('loading the sample')
    expect(ended.stderr).toContain('published a model')
    expect(ended.stderr).toContain('DISCORD_TOKEN')
    expect(ended.stdout).toBe('')
    expect(ended.code).toBe(0)
    expect(await readdir(path.join(dataDir, 'models', 'ease'))).toContain('1')
  })

  it('recommends for a library file: cards for people, one JSON line for machines', async () => {
    const file = path.join(dataDir, 'library.json')
    await writeFile(file, JSON.stringify({ 1172470: 600, 570: 1200, 440: 0 }))
    const cards = await run(['recommend', file, '--count', '7'])
    expect(cards.stdout.match(/store\.steampowered\.com/g)).toHaveLength(7)
    const json = await run(['recommend', file, '--count', '7', '--json'])
    const { picks } = JSON.parse(json.stdout)
    expect(picks).toHaveLength(7)
    expect(picks[0]).toEqual({
      appid: expect.any(Number),
      name: expect.any(String),
      score: expect.any(Number),
      reasons: expect.any(Array),
    })
    for (const { reasons } of picks) {
      const shares = reasons.map((reason: { share: number }) => reason.share)
      expect(shares.every((share: number) => share > 0 && share <= 1)).toBe(true)
      expect(shares).toEqual(shares.toSorted((a: number, b: number) => b - a))
    }
  })

  it('ends with the sentence that a player would read where there is nothing to show', async () => {
    const typed = await run(['recommend', 'not an id!'])
    expect(typed.code).toBe(1)
    expect(sentences(typed)[0]).toContain('isn’t a Steam ID')
    const keyless = await run(['recommend', '76561197960287930'])
    expect(keyless.code).toBe(1)
    expect(sentences(keyless)).toEqual([expect.stringContaining('STEAM_API_KEY is not set')])
  })

  it('scores many libraries, one JSON line each, raw in the model’s own order', async () => {
    const file = path.join(dataDir, 'libraries.jsonl')
    await writeFile(file, '{"1172470": 600}\n{"570": 5}\n{"1": 1}\n')
    const ended = await run(['recommend', '--libraries', file, '--raw', '--count', '3'])
    const lines = ended.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ picks }) => picks.length)).toEqual([3, 3, 0])
    const scores = lines[0].picks.map((pick: { score: number }) => pick.score)
    expect(scores).toEqual(scores.toSorted((a: number, b: number) => b - a))
  })

  it('evaluates the model beside the methods it must beat', async () => {
    const ended = await run(['evaluate', '--json'])
    const { rows, synthetic } = JSON.parse(ended.stdout)
    expect(rows).toHaveLength(5)
    expect(synthetic).toBe(true)
  })
})
