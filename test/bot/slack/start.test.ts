import { afterEach, describe, expect, it } from 'vitest'
import { type SlackBot, startSlackBot } from '../../support/slack/bot.ts'
import { type SlackServer, startSlackServer } from '../../support/slack/server.ts'

let slack: SlackServer | undefined
let running: SlackBot | undefined

afterEach(async () => {
  await (running ?? slack)?.close()
  running = undefined
  slack = undefined
})

async function prepare(mode: 'socket' | 'http' = 'socket') {
  slack = await startSlackServer({ mode })
  return slack
}

async function start(prepared: SlackServer) {
  running = await startSlackBot('socket', undefined, prepared)
  return running
}

describe('a token that Slack refuses', () => {
  it.each(['invalid_auth', 'token_revoked', 'account_inactive'])(
    'ends the start with a sentence for the operator: bot token, %s',
    async (error) => {
      const prepared = await prepare('http')
      prepared.fail('auth.test', { error })
      const starting = startSlackBot('http', undefined, prepared)
      await expect(starting).rejects.toThrow(
        `Slack refuses SLACK_BOT_TOKEN (${error}): copy it anew from https://api.slack.com/apps`,
      )
    },
  )

  it.each(['invalid_auth', 'missing_scope'])('ends the start likewise: app token, %s', async (error) => {
    const prepared = await prepare()
    prepared.fail('apps.connections.open', { error })
    const starting = startSlackBot('socket', undefined, prepared)
    await expect(starting).rejects.toThrow(
      `Slack refuses SLACK_APP_TOKEN (${error}): make one with the scope`,
    )
    await expect(starting).rejects.not.toThrow('xapp')
  })

  it('is an error in the log when it is revoked later, and no end of the process', async () => {
    const prepared = await prepare()
    const { bot, lines } = await start(prepared)
    prepared.fail('apps.connections.open', { error: 'token_revoked' })
    prepared.sockets.drop()
    await prepared.until(() => lines.some(({ level }) => level === 'error'))
    expect(lines.find(({ level }) => level === 'error')?.fields.error).toContain(
      'SLACK_APP_TOKEN (token_revoked)',
    )
    expect(bot.health()).toEqual({ ok: false, detail: 'connecting' })
  })
})

describe('a Slack that is down', () => {
  it('does not keep the program from starting', async () => {
    const prepared = await prepare()
    prepared.fail('auth.test', { status: 503 }, 'reset', { status: 503 })
    prepared.fail('apps.connections.open', { status: 503 })
    const { bot, troubles } = await start(prepared)
    expect(troubles().map(({ message }) => message)).toContain('could not connect to Slack')
    const shown = await prepared.command('/recommend', 'gabelogannewell')
    expect(shown.ephemeral?.words).toContain('Hades')
    expect(bot.health()).toEqual({ ok: true, detail: 'connected' })
  })
})

describe('a connected socket', () => {
  it('is replaced as soon as Slack asks for that', async () => {
    const prepared = await prepare()
    await start(prepared)
    const askedAt = performance.now()
    prepared.sockets.refresh()
    await prepared.until(() => prepared.sockets.greetings() === 2)
    expect(performance.now() - askedAt).toBeLessThan(10_000)
    const shown = await prepared.command('/recommend', 'gabelogannewell')
    expect(shown.ephemeral?.words).toContain('Hades')
  })

  it('is replaced when it breaks, though Slack is away at first', async () => {
    const prepared = await prepare()
    const { troubles } = await start(prepared)
    prepared.fail('apps.connections.open', 'reset', { status: 502 })
    prepared.sockets.drop()
    await prepared.until(() => prepared.sockets.greetings() === 2)
    const shown = await prepared.command('/recommend', 'gabelogannewell')
    expect(shown.ephemeral?.words).toContain('Hades')
    expect(troubles().filter(({ message }) => message === 'could not connect to Slack')).toHaveLength(2)
  })

  it('is there again without a longer pause, however often it broke in the last minute', async () => {
    const prepared = await prepare()
    await start(prepared)
    for (let cut = 1; cut <= 8; cut += 1) {
      const cutAt = performance.now()
      prepared.sockets.drop()
      await prepared.until(() => prepared.sockets.greetings() === cut + 1)
      expect(performance.now() - cutAt).toBeLessThan(10_000)
    }
    const shown = await prepared.command('/recommend', 'gabelogannewell')
    expect(shown.ephemeral?.words).toContain('Hades')
  })

  it('is not sought again after a stop', async () => {
    const prepared = await prepare()
    const { bot } = await start(prepared)
    prepared.sockets.drop()
    await bot.stop()
    await bot.stop()
    expect(bot.health().ok).toBe(false)
    expect(prepared.sockets.isOpen()).toBe(false)
  })

  it('is let go when the stop comes before Slack has greeted it', async () => {
    const prepared = await prepare()
    const { bot } = await start(prepared)
    prepared.sockets.stayMute(true)
    prepared.sockets.drop()
    await prepared.until(() => !prepared.sockets.isOpen())
    await prepared.until(() => prepared.sockets.isOpen())
    await bot.stop()
    await prepared.until(() => !prepared.sockets.isOpen())
    expect(bot.health().ok).toBe(false)
  })
})
