import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../bot/config/config.ts'
import { post, readWebhook } from '../../../bot/config/webhook.ts'
import { operatorMessage as discordMessage } from '../../../bot/discord/send/operator-message.ts'
import { reportOf } from '../../../bot/jobs/refresh/report.ts'
import { operatorMessage as slackMessage } from '../../../bot/slack/send/operator-message.ts'
import { PROMOTED, REFRESHES } from '../../support/builders/refreshes.ts'
import { SECRET, startOpsWebhook } from '../../support/jobs/ops-webhook.ts'

const ID = '123456789012345678'

describe('the address of a webhook', () => {
  it.each([
    [`https://discord.com/api/webhooks/${ID}/${SECRET}`, 'discord'],
    [`https://discord.com/api/v10/webhooks/${ID}/a-b_c`, 'discord'],
    [`https://discordapp.com/api/webhooks/${ID}/${SECRET}?thread_id=1`, 'discord'],
    [`https://discord.com/api/webhooks/${ID}/${SECRET}/slack`, 'slack'],
    [`https://hooks.slack.com/services/T0/B0/${SECRET}`, 'slack'],
    [`http://127.0.0.1:9/services/T0/B0/${SECRET}`, 'slack'],
    [`http://[::1]:9/api/webhooks/${ID}/${SECRET}`, 'discord'],
  ])('%s is one of %s', (address, kind) => {
    expect(readWebhook(address)).toEqual({ kind, url: address })
  })

  it.each([
    `http://hooks.slack.com/services/T0/B0/${SECRET}`,
    `http://127.0.0.1.evil.example/services/T0/B0/${SECRET}`,
    'https://hooks.slack.com/services/T0',
    `https://discord.com/api/webhooks/${ID}`,
    `ftp://hooks.slack.com/services/T0/B0/${SECRET}`,
    SECRET,
  ])('%s is none, and the configuration says so without it', (address) => {
    expect(readWebhook(address)).toBeUndefined()
    expect(() => readConfig({ OPS_WEBHOOK_URL: address })).toThrow('OPS_WEBHOOK_URL')
    expect(() => readConfig({ OPS_WEBHOOK_URL: address })).not.toThrow(SECRET)
  })
})

describe('what operators are told', () => {
  it.each(REFRESHES)(
    'of a refresh that was $state is within the limits of both platforms',
    async (refresh) => {
      const ops = await startOpsWebhook()
      const report = reportOf(refresh)
      await post({ kind: 'discord', url: ops.discord }, await discordMessage(report))
      await post({ kind: 'slack', url: ops.slack }, slackMessage(report))
      expect(ops.faults).toEqual([])
      expect(ops.told.map(({ on }) => on)).toEqual(['discord', 'slack'])
      const [discord, slack] = ops.told
      expect(JSON.stringify(slack?.body)).toContain(report.title.slice(0, 20))
      expect(JSON.stringify(discord?.body)).toContain(report.title.slice(0, 10))
    },
  )

  it('holds the figures as a picture on Discord, and as bars on Slack', async () => {
    const ops = await startOpsWebhook()
    const report = reportOf(PROMOTED)
    await post({ kind: 'discord', url: ops.discord }, await discordMessage(report))
    await post({ kind: 'slack', url: ops.slack }, slackMessage(report))
    const [discord, slack] = ops.told
    const picture = discord?.files.get('0')
    expect(picture?.name).toBe('refresh.png')
    expect(picture?.bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(slack?.files.size).toBe(0)
    expect(JSON.stringify(slack?.body)).toMatch(/NDCG@100 +now +█+.? +0\.470\\n +before +█+.? +0\.462/)
  })
})

describe('a webhook', () => {
  const message = { body: JSON.stringify({ text: 'a', blocks: [] }), contentType: 'application/json' }

  it.each([
    ['is busy', { status: 429, headers: { 'retry-after': '0' } }],
    ['fails', { status: 503 }],
    ['hangs up', 'hang up'],
  ] as const)('that %s is asked again', async (_name, mood) => {
    const ops = await startOpsWebhook()
    ops.meet(mood, mood)
    await post({ kind: 'slack', url: ops.slack }, message, { waitMs: 1 })
    expect(ops.asked()).toBe(3)
    expect(ops.told).toHaveLength(1)
  })

  it.each([
    ['is gone', { status: 404 }, 1, 'is gone: make a new one'],
    ['takes nothing', { status: 403 }, 1, 'answers 403'],
    ['goes on failing', { status: 500 }, 3, 'answers 500'],
    ['goes on hanging up', 'hang up', 3, 'does not answer'],
    [
      'sends us elsewhere',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      3,
      'does not answer',
    ],
  ] as const)('that %s is told of without its address', async (_name, mood, asked, words) => {
    const ops = await startOpsWebhook()
    ops.meet(mood, mood, mood)
    const failed = await post({ kind: 'discord', url: ops.discord }, message, { waitMs: 1 }).catch((e) => e)
    expect(failed.message).toContain('OPS_WEBHOOK_URL on Discord')
    expect(failed.message).toContain(words)
    expect(`${failed.stack} ${JSON.stringify(failed)} ${failed.cause}`).not.toContain(SECRET)
    expect(ops.asked()).toBe(asked)
  })

  it('that is nowhere is told of without its address', async () => {
    const ops = await startOpsWebhook()
    await ops.stop()
    const failed = await post({ kind: 'slack', url: ops.slack }, message, { waitMs: 1 }).catch((e) => e)
    expect(failed.message).toBe('the webhook in OPS_WEBHOOK_URL on Slack does not answer')
  })
})
