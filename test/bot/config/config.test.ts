import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../bot/config/config.ts'

const OAUTH = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'hunter2',
  SLACK_STATE_SECRET: 'hunter2hunter2hunter2',
  TOKEN_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  SLACK_SIGNING_SECRET: 'hunter2',
  PUBLIC_URL: 'https://bot.example',
}

describe('the configuration', () => {
  it('needs nothing: an empty environment gives a local set-up', () => {
    const config = readConfig({})
    expect(config.databaseUrl).toBeUndefined()
    expect(config.http).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: undefined,
      graceMs: 0,
      metricsPort: undefined,
    })
    expect(config.modelDir).toMatch(/\.data\/models$/)
    expect(config.discord).toBeUndefined()
    expect(config.slack).toBeUndefined()
  })

  it('lists every fault at once, by name and without the value', () => {
    const env = { DATABASE_URL: 'mysql://root:hunter2@host/db', HTTP_PORT: '99999', STEAM_API_KEY: 'hunter2' }
    expect(() => readConfig(env)).toThrow(/DATABASE_URL[\s\S]*STEAM_API_KEY[\s\S]*HTTP_PORT/)
    expect(() => readConfig(env)).not.toThrow(/hunter2/)
  })

  it('takes an empty setting for an absent one, as in a copied example file', () => {
    expect(readConfig({ DISCORD_TOKEN: '', HTTP_PORT: '' }).discord).toBeUndefined()
  })

  it('takes Slack whole or not at all, and prefers Socket Mode', () => {
    expect(() => readConfig({ SLACK_BOT_TOKEN: 'xoxb-1' })).toThrow('SLACK_APP_TOKEN')
    expect(() => readConfig({ SLACK_SIGNING_SECRET: 's' })).toThrow('SLACK_BOT_TOKEN is missing')
    const both = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 's' }
    expect(readConfig(both).slack?.mode).toEqual({ kind: 'socket', appToken: 'xapp-1' })
  })

  it.each([
    [{ PUBLIC_URL: 'https://bot.example' }, 5_000],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }, 5_000],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SHUTDOWN_GRACE_SECONDS: '30' }, 30_000],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 's' }, 0],
    [{ SHUTDOWN_GRACE_SECONDS: '30' }, 0],
  ])('waits at its end for a balancer where one is in front: %j', (env, graceMs) => {
    expect(readConfig(env).http.graceMs).toBe(graceMs)
  })

  it('sends people to Steam to sign in, and elsewhere only where it is told', () => {
    expect(readConfig({}).steam.openIdUrl).toBe('https://steamcommunity.com/openid/login')
    const url = 'http://127.0.0.1:9/openid/login'
    expect(readConfig({ STEAM_OPENID_URL: url }).steam.openIdUrl).toBe(url)
    expect(() => readConfig({ STEAM_OPENID_URL: 'javascript:alert(1)' })).toThrow('STEAM_OPENID_URL')
  })

  it('catches up with digests for a day, or for as long as it is told, short of a week', () => {
    expect(readConfig({}).digestWindowMs).toBe(24 * 3_600_000)
    expect(readConfig({ DIGEST_CATCH_UP_HOURS: '6' }).digestWindowMs).toBe(6 * 3_600_000)
    for (const hours of ['0', '145', '1.5', 'a day'])
      expect(() => readConfig({ DIGEST_CATCH_UP_HOURS: hours })).toThrow('DIGEST_CATCH_UP_HOURS')
  })

  it('lets several Slack workspaces install the app, with all that it takes', () => {
    const { access, mode } = readConfig(OAUTH).slack ?? expect.unreachable()
    expect(mode.kind).toBe('http')
    expect(access).toMatchObject({ kind: 'oauth', clientId: '1.2', encryptionKeys: [Buffer.alloc(32, 7)] })
    for (const name of Object.keys(OAUTH)) {
      const without = { ...OAUTH, [name]: undefined }
      expect(() => readConfig(without), name).toThrow(name)
      expect(() => readConfig(without), name).not.toThrow(/hunter2/)
    }
    expect(() => readConfig({ ...OAUTH, SLACK_BOT_TOKEN: 'xoxb-1' })).toThrow(
      'SLACK_BOT_TOKEN must be absent',
    )
    expect(() => readConfig({ ...OAUTH, PUBLIC_URL: 'http://bot.example' })).toThrow(
      'PUBLIC_URL must be an https',
    )
  })

  it('takes several keys of 32 bytes, in base64 or hexadecimal, and nothing else', () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    const list = `${one.toString('hex')}, ${other.toString('base64')}`
    expect(readConfig({ ...OAUTH, TOKEN_ENCRYPTION_KEY: list }).slack?.access).toMatchObject({
      encryptionKeys: [one, other],
    })
    for (const bad of [
      'hunter2',
      one.toString('hex').slice(1),
      `${one.toString('base64')},`,
      'x'.repeat(44),
    ]) {
      const read = () => readConfig({ ...OAUTH, TOKEN_ENCRYPTION_KEY: bad })
      expect(read).toThrow('TOKEN_ENCRYPTION_KEY must be 32 bytes in base64')
      expect(read).not.toThrow(bad)
    }
  })

  it('reads which shards a process has', () => {
    const env = { DISCORD_TOKEN: 'x', DATABASE_URL: 'postgres://u@h/d' }
    const shards = (SHARDS: string) => readConfig({ ...env, SHARDS }).discord?.shards
    expect(shards('0-3/16')).toEqual({ from: 0, to: 3, count: 16 })
    expect(shards('15/16')).toEqual({ from: 15, to: 15, count: 16 })
    for (const bad of ['3', '0-3', '3-0/16', '0-16/16', '-1/2', '0/0', 'a/b', '0-3/16/2', '1.5/3'])
      expect(() => shards(bad), bad).toThrow('SHARDS must be like 0-3/16')
    for (const empty of ['', ' ']) expect(shards(empty)).toBeUndefined()
  })

  it('wants one database for processes that share the shards, and none where there is no Discord', () => {
    expect(() => readConfig({ SHARDS: '0/2', DISCORD_TOKEN: 'x' })).toThrow(
      'DATABASE_URL is missing beside SHARDS',
    )
    expect(readConfig({ SHARDS: '0-1/2', DISCORD_TOKEN: 'x' }).discord?.shards?.count).toBe(2)
    const local = readConfig({ SHARDS: '0/2', DISCORD_TOKEN: '' })
    expect(local.discord).toBeUndefined()
    expect(local.ignored).toEqual(['SHARDS has no effect without DISCORD_TOKEN'])
    expect(readConfig({}).ignored).toEqual([])
  })

  it('reads several workers from one setting', () => {
    const { inference } = readConfig({ INFERENCE_URL: 'http://a:8000, http://b:8000' })
    expect(inference.urls).toEqual(['http://a:8000', 'http://b:8000'])
    expect(() => readConfig({ INFERENCE_URL: 'http://a:8000,nonsense' })).toThrow('INFERENCE_URL')
  })

  it('refreshes the model weekly, or when it is told, or never by itself', () => {
    expect(readConfig({}).learning).toEqual({ cron: '0 4 * * 1', versionsKept: 5, webhook: undefined })
    expect(readConfig({ REFRESH_CRON: '30 2 * * *' }).learning.cron).toBe('30 2 * * *')
    expect(readConfig({ REFRESH_CRON: 'off' }).learning.cron).toBeUndefined()
    expect(() => readConfig({ REFRESH_CRON: 'weekly' })).toThrow('REFRESH_CRON')
    expect(() => readConfig({ MODEL_VERSIONS_KEPT: '1' })).toThrow('MODEL_VERSIONS_KEPT')
  })
})
