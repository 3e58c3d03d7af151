import { randomBytes } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discordCheck } from '../../../bot/discord/setup/checks.ts'
import { registerCommands } from '../../../bot/discord/setup/register.ts'
import { catalogueCheck, migrationsCheck, modelCheck, ratesCheck } from '../../../bot/doctor/data.ts'
import { steamCheck } from '../../../bot/doctor/outside.ts'
import { renderFinding, runCheck } from '../../../bot/platform/finding.ts'
import { installationsOf } from '../../../bot/slack/install/workspaces.ts'
import { slackCheck } from '../../../bot/slack/setup/checks.ts'
import { NEEDED_SCOPES } from '../../../bot/slack/setup/manifest.ts'
import { versionFolder } from '../../../inference/model/model-files.ts'
import { type DiscordServer, startDiscordServer } from '../../support/discord/server.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { publishModel } from '../../support/inference/model.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { type SlackServer, startSlackServer } from '../../support/slack/server.ts'
import { type SteamServer, startSteam } from '../../support/steam/steam-server.ts'

const db = await testDatabase()
let steam: SteamServer
let discord: DiscordServer
let slack: SlackServer

beforeAll(async () => {
  steam = await startSteam()
  discord = await startDiscordServer()
  slack = await startSlackServer({ mode: 'socket' })
})

afterAll(async () => {
  await steam.stop()
  await discord.stop()
  await slack.close()
})

describe('the doctor', () => {
  it('finds a database well whose migrations are applied, and misses games', async () => {
    expect(await runCheck('migrations', migrationsCheck(db))).toMatchObject({ state: 'well' })
    expect(await runCheck('catalogue', catalogueCheck(db))).toMatchObject({
      state: 'ill',
      fix: expect.stringContaining('npm run import'),
    })
  })

  it('knows of which day the exchange rates are, and misses none', async () => {
    expect(await runCheck('rates', ratesCheck(db))).toMatchObject({
      state: 'absent',
      fix: expect.stringContaining('npm run import -- rates'),
    })
    const rates = [
      { currency: 'USD', per_euro: 1.0823, day: '2026-11-23' },
      { currency: 'KRW', per_euro: 1412.83, day: '2026-11-23' },
    ]
    await db.insertInto('warehouse.exchange_rate').values(rates).execute()
    const finding = await runCheck('rates', ratesCheck(db))
    expect(finding).toMatchObject({ state: 'well', detail: '2 currencies, of 2026-11-23' })
  })

  it('finds no model, a whole one, and a damaged one', async () => {
    const modelDir = await temporaryFolder()
    expect(await runCheck('model', modelCheck(modelDir))).toMatchObject({
      state: 'ill',
      fix: 'npm run import -- players <file or URL>, then npm run train',
    })
    const version = await publishModel(modelDir)
    expect(await runCheck('model', modelCheck(modelDir))).toMatchObject({ state: 'well' })
    await appendFile(path.join(versionFolder(modelDir, version), 'weights.bin'), 'x')
    expect(await runCheck('model', modelCheck(modelDir))).toMatchObject({ state: 'ill' })
  })

  it('tells a good Steam key from a bad one and from none, and never shows it', async () => {
    const { key, url } = steam
    expect(await runCheck('Steam', steamCheck({ apiKey: key, apiUrl: url }))).toMatchObject({ state: 'well' })
    const bad = 'F'.repeat(32)
    const finding = await runCheck('Steam', steamCheck({ apiKey: bad, apiUrl: url }))
    expect(finding.state).toBe('ill')
    expect(renderFinding(finding)).not.toContain(bad)
    expect((await runCheck('Steam', steamCheck({ apiKey: undefined, apiUrl: url }))).state).toBe('absent')
  })

  it('tells whether Discord takes the token and knows the commands', async () => {
    const { token, apiUrl } = discord
    expect(await runCheck('Discord', discordCheck({ token, apiUrl }))).toMatchObject({
      state: 'ill',
      fix: 'npm run register',
    })
    await registerCommands({ token, apiUrl, log: () => {} })
    expect(await runCheck('Discord', discordCheck({ token, apiUrl }))).toMatchObject({ state: 'well' })
    const refused = await runCheck('Discord', discordCheck({ token: 'not.the.token', apiUrl }))
    expect(refused.detail).toContain('DISCORD_TOKEN')
    expect(refused.detail).not.toContain('not.the.token')
  })

  it('counts the workspaces that have installed the app, and tells what ails them', async () => {
    const { apiUrl, mode } = slack.options
    const [key, other] = [randomBytes(32), randomBytes(32)]
    const oauth = {
      clientId: '1',
      clientSecret: 's',
      stateSecret: 's',
      encryptionKeys: [key],
      publicUrl: 'https://b.example',
    }
    const options = { apiUrl, mode, access: { kind: 'oauth', ...oauth } } as const
    const finding = (keys: readonly Buffer[]) =>
      runCheck('Slack', slackCheck(options, installationsOf(keys, db)))
    expect(await finding([key])).toMatchObject({
      ...{ state: 'well', detail: 'installed in 0 workspaces' },
      fix: 'open https://b.example/slack/install to install',
    })
    await installationsOf([key], db).save({ team: 'T1', token: 'xoxb-1', scopes: NEEDED_SCOPES })
    expect(await finding([key])).toMatchObject({ state: 'well', detail: 'installed in 1 workspace' })
    await installationsOf([key], db).save({ team: 'T2', token: 'xoxb-2', scopes: ['commands'] })
    expect(await finding([key])).toMatchObject({
      ...{ state: 'ill', detail: 'installed in 2 workspaces; missing scopes: 1' },
      fix: expect.stringContaining('https://b.example/slack/install'),
    })
    expect(await finding([other])).toMatchObject({
      ...{ state: 'ill', fix: expect.stringContaining('TOKEN_ENCRYPTION_KEY') },
      detail: 'installed in 2 workspaces; unreadable tokens: 2',
    })
    expect(await runCheck('Slack', slackCheck(options))).toMatchObject({ state: 'ill' })
  })

  it('names the scopes that Slack has not granted', async () => {
    const { options } = slack
    expect(await runCheck('Slack', slackCheck(options))).toMatchObject({ state: 'well' })
    slack.grant(NEEDED_SCOPES)
    const without = await runCheck('Slack', slackCheck(options))
    expect(without).toMatchObject({ state: 'well', fix: expect.stringContaining('npm run register') })
    expect(without.detail).toContain(
      'without channels:history and groups:history a digest whose fate is unknown is left unposted',
    )
    slack.grant(['commands'])
    const finding = await runCheck('Slack', slackCheck(options))
    expect(finding.state).toBe('ill')
    expect(finding.detail).toContain('chat:write.public')
    expect(finding.detail).not.toContain('history')
    const refused = await runCheck(
      'Slack',
      slackCheck({ ...options, access: { kind: 'token', botToken: 'xoxb-wrong' } }),
    )
    expect(refused.detail).toContain('SLACK_BOT_TOKEN')
  })
})
