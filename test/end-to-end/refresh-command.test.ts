import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { versionFolder, versions } from '../../inference/model/model-files.ts'
import { temporaryFolder } from '../support/folder.ts'
import { SECRET, startOpsWebhook } from '../support/jobs/ops-webhook.ts'
import {
  agreeing,
  forgetPlayers,
  publishTrained,
  storePlayers,
  storeTastes,
} from '../support/jobs/refreshing.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { startProgram } from '../support/program.ts'

/** The commands as operators run them, and the program that runs them by itself. */
const { db, url } = await testDatabaseAt()
await storeTastes(db)
const cli = path.resolve(import.meta.dirname, '../../bot/cli.ts')

beforeEach(async () => {
  await forgetPlayers(db)
  await storePlayers(db, 240)
})

async function stage() {
  const dataDir = await temporaryFolder()
  const modelDir = path.join(dataDir, 'models')
  const ops = await startOpsWebhook()
  const settings = {
    ...{ DATABASE_URL: url, DATA_DIR: dataDir, INFERENCE_PROVIDER: 'cpu', LOG_LEVEL: 'debug' },
    OPS_WEBHOOK_URL: ops.discord,
  }
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    promisify(execFile)(process.execPath, [cli, ...args], {
      cwd: dataDir,
      env: { PATH: process.env.PATH, ...settings, ...more },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    )
  return { dataDir, modelDir, ops, run, settings }
}

const titles = (told: readonly { readonly body: { readonly embeds?: readonly { title?: string }[] } }[]) =>
  told.map(({ body }) => body.embeds?.[0]?.title)

describe('npm run refresh', () => {
  it('promotes, tells the terminal and the operators, and goes back when told to', async () => {
    const { modelDir, ops, run } = await stage()
    expect((await run(['train'])).code).toBe(0)
    await agreeing(db, 45)
    const refreshed = await run(['refresh'])
    expect(refreshed.stdout).toContain('Version 2 is served')
    expect(refreshed.stdout).toContain('From 45 players who agreed: 1350 rows new')
    expect(refreshed.code).toBe(0)
    const back = await run(['rollback'])
    expect(back.stdout).toContain('Rolled back: version 2 is out of service')
    expect(await versions(modelDir)).toEqual([1, 3])
    const doctor = await run(['doctor'])
    expect(doctor.stdout).toContain('learning: last rollback rolled-back')
    expect(titles(ops.told)).toEqual(['Version 2 is served', 'Rolled back\\: version 2 is out of service'])
    expect(ops.faults).toEqual([])
    for (const { stdout, stderr } of [refreshed, back, doctor]) expect(stdout + stderr).not.toContain(SECRET)
  })

  it('does its work where operators cannot be told, tells them next time, and names no secret', async () => {
    const { modelDir, ops, run } = await stage()
    await publishTrained(db, modelDir)
    ops.meet({ status: 404 })
    const first = await run(['refresh', '--l2', '500'])
    expect(first.code).toBe(0)
    expect(first.stderr).toContain('OPS_WEBHOOK_URL on Discord is gone')
    expect(ops.told).toEqual([])
    const second = await run(['refresh', '--l2', '500'], { OPS_WEBHOOK_URL: ops.slack })
    expect(ops.told).toHaveLength(2)
    expect(ops.faults).toEqual([])
    for (const { stdout, stderr } of [first, second]) expect(stdout + stderr).not.toContain(SECRET)
  })

  it('is done by one of two processes, and the other says so', async () => {
    const { modelDir, run } = await stage()
    await publishTrained(db, modelDir)
    const both = await Promise.all([run(['refresh']), run(['refresh'])])
    const busy = both.filter(({ code }) => code !== 0)
    // Where one was done before the other began, there was nothing to say.
    if (busy.length > 0)
      expect(busy.map(({ stderr }) => stderr).join()).toContain('another process is refreshing')
    expect(both.some(({ code }) => code === 0)).toBe(true)
  })
})

describe('the program', () => {
  it('refreshes the model by itself when it is due, and shows so among its figures', async () => {
    const { modelDir, ops, settings } = await stage()
    await publishTrained(db, modelDir)
    const file = path.join(versionFolder(modelDir, 1), 'manifest.json')
    const manifest = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...manifest, created: '2020-01-01T00:00:00.000Z' }))
    await agreeing(db, 45)
    const program = await startProgram({ ...settings, MODEL_DIR: modelDir, REFRESH_CRON: '0 0 1 1 *' })
    onTestFinished(program.stop)
    const metrics = async () => (await fetch(`${program.url}/metrics`)).text()
    await expect.poll(metrics).toMatch(/refreshes_total\{outcome="promoted"\} 1\n/)
    expect(await metrics()).toMatch(/refresh_last_success_timestamp_seconds 1\.?\d+/)
    expect(await versions(modelDir)).toEqual([1, 2])
    await expect.poll(() => titles(ops.told)).toEqual(['Version 2 is served'])
  })
})
