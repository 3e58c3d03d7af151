import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Access } from '../../../../bot/slack/install/access.ts'
import { fileReply } from '../../../support/builders/charts.ts'
import { type SlackBot, startSlackBot } from '../../../support/slack/bot.ts'
import { openDesk } from '../../../support/slack/digest-desk.ts'
import { type SlackServer, startSlackServer } from '../../../support/slack/server.ts'

let slack: SlackServer
let running: SlackBot | undefined
let tokens: Map<string, string>
let forgotten: { team: string; at: Date }[]
let access: Access

beforeEach(async () => {
  slack = await startSlackServer({ mode: 'http' })
  tokens = new Map([
    ['T222', slack.oauth.grant('T222')],
    ['T333', slack.oauth.grant('T333')],
  ])
  forgotten = []
  access = {
    kind: 'installed',
    tokenOf: async (team) => tokens.get(team),
    forget: async (team, at) => {
      forgotten.push({ team, at })
    },
  }
})

afterEach(async () => {
  await (running ? running.close() : slack.close())
  running = undefined
})

async function start() {
  running = await startSlackBot('http', undefined, slack, access)
  return running
}

describe('a bot of several workspaces', () => {
  it('asks each by the token of its own', async () => {
    const { asks } = await start()
    slack.appoint('U1', { team: 'T222', role: 'admin' })
    await slack.command('/settings', 'mature:yes', { user: 'U1', team: 'T222' })
    await slack.command('/settings', 'mature:yes', { user: 'U2', team: 'T333' })
    expect(slack.asked).toEqual([
      { method: 'users.info', team: 'T222' },
      { method: 'users.info', team: 'T333' },
    ])
    expect(asks).toMatchObject([
      { user: 'slack:T222.U1', place: 'slack:T222', manages: 'place' },
      { user: 'slack:T333.U2', place: 'slack:T333', manages: 'nothing' },
    ])
  })

  it('lays a file into the direct messages of the workspace that asked', async () => {
    running = await startSlackBot('http', () => fileReply, slack, access)
    const shown = await slack.command('/indiescout', 'export', { user: 'U1', team: 'T333' })
    expect(shown.ephemeral?.words).toContain('direct message')
    expect(new Set(slack.asked.map(({ team }) => team))).toEqual(new Set(['T333']))
    expect(slack.asked.map(({ method }) => method)).toContain('files.completeUploadExternal')
  })

  it('answers also where it has no token, and asks nothing of Slack', async () => {
    const { troubles } = await start()
    const shown = await slack.command('/recommend', 'x', { team: 'T999' })
    expect(shown.ephemeral?.words).toContain('Hades')
    expect(slack.asked).toEqual([])
    expect(troubles()).toMatchObject([{ level: 'warn', message: 'could not look up a Slack user' }])
  })

  it('forgets the token of a workspace that takes it away, and what was stored for it', async () => {
    const { removals } = await start()
    const before = Date.now()
    await slack.happens({ type: 'app_uninstalled' }, 'T222')
    await slack.until(() => removals.length === 1)
    expect(removals).toEqual(['slack:T222'])
    expect(forgotten).toMatchObject([{ team: 'T222' }])
    const at = forgotten[0]?.at.getTime() ?? 0
    expect(at).toBeGreaterThanOrEqual(before)
    expect(at).toBeLessThan(before + 5_000)
  })

  it('deletes what was stored for it also where its token could not be forgotten', async () => {
    access = {
      ...(access as Extract<Access, { kind: 'installed' }>),
      forget: () => Promise.reject(new Error('away')),
    }
    const { removals, troubles } = await start()
    await slack.happens({ type: 'tokens_revoked', tokens: { bot: ['U1'] } }, 'T222')
    await slack.until(() => removals.length === 1)
    expect(troubles()).toMatchObject([
      { level: 'error', message: "a workspace's token could not be deleted" },
    ])
  })
})

describe('a digest', () => {
  it('is posted, with its cover, by the token of the workspace that it is for', async () => {
    const desk = openDesk(slack, { access })
    const posted = await desk.post({ channel: 'slack:T333.C111' })
    expect(posted.kind).toBe('posted')
    expect(new Set(slack.asked.map(({ team }) => team))).toEqual(new Set(['T333']))
    expect(slack.asked.at(-1)?.method).toBe('chat.postMessage')
  })

  it('is refused for good where the app is no longer installed, whatever Slack still says', async () => {
    const desk = openDesk(slack, { access })
    expect(await desk.post({ channel: 'slack:T999.C111' })).toEqual({ kind: 'refused', why: 'app-removed' })
    slack.oauth.revoke('T333')
    expect(await desk.post({ channel: 'slack:T333.C111' })).toEqual({ kind: 'refused', why: 'app-removed' })
  })

  it('waits where a token cannot be read: the operator may mend it', async () => {
    const desk = openDesk(slack, {
      access: {
        ...(access as Extract<Access, { kind: 'installed' }>),
        tokenOf: () => Promise.reject(new Error('no key')),
      },
    })
    expect(await desk.post({ channel: 'slack:T333.C111' })).toEqual({ kind: 'busy', waitMs: undefined })
    expect(await desk.find({ channel: 'slack:T333.C111' })).toEqual({ kind: 'busy', waitMs: undefined })
    expect(slack.calls).toEqual([])
  })
})
