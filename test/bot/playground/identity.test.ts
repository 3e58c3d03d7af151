import { describe, expect, it } from 'vitest'
import { identityOf, rewriting } from '../../../bot/playground/identity.ts'
import { visitorPorts } from '../../../bot/playground/visitor-ports.ts'
import type { AppPorts } from '../../../core/app.ts'
import type { UserKey } from '../../../core/ids.ts'
import type { Accounts } from '../../../core/players/accounts.ts'
import { newVisitor, visitorKey } from '../../../core/players/visitor.ts'

const visitor = newVisitor(new Date('2026-05-01T00:00:00Z'))
const identity = identityOf(visitor)
const onDiscord: UserKey = `discord:${identity.discord.user}`
const onSlack: UserKey = `slack:${identity.slack.team}.${identity.slack.user}`

/** Accounts that only tell of whom they were asked. */
function portsAsked(asked: string[]): AppPorts {
  const accounts: Partial<Accounts> = {
    link: async (user) => void asked.push(user) as undefined,
    pending: async (by) => ('user' in by ? { ...by, steamId: '7' as never, code: 'x' } : undefined),
  }
  const nothing = {}
  return {
    ...{
      accounts,
      answers: nothing,
      places: nothing,
      records: nothing,
      opinions: nothing,
      consents: nothing,
    },
    digests: { subscriptions: nothing },
    loginUrl: () => 'https://example.com',
  } as unknown as AppPorts
}

describe('a visitor', () => {
  it('is one person for what is stored, and one of the platform for what is shown', async () => {
    const asked: string[] = []
    const discord = visitorPorts(portsAsked(asked), rewriting(identity, 'discord'))
    const slack = visitorPorts(portsAsked(asked), rewriting(identity, 'slack'))
    await discord.accounts.link(onDiscord)
    await slack.accounts.link(onSlack)
    expect(asked).toEqual([visitorKey(visitor), visitorKey(visitor)])
    expect(await discord.accounts.pending({ user: onDiscord })).toMatchObject({ user: onDiscord })
    expect(await slack.accounts.pending({ user: onSlack })).toMatchObject({ user: onSlack })
  })

  it('never reaches what is stored of a real user', async () => {
    const asked: string[] = []
    const { accounts } = visitorPorts(portsAsked(asked), rewriting(identity, 'discord'))
    for (const other of ['discord:80351110224678912', 'slack:T111.U777', 'slack:T111'] as const)
      await accounts.link(other)
    expect(asked.every((user) => user.startsWith('playground:'))).toBe(true)
    expect(asked).not.toContain(visitorKey(visitor))
  })

  it('proves no account', () => {
    expect(visitorPorts(portsAsked([]), rewriting(identity, 'slack')).loginUrl).toBeUndefined()
  })

  it('has ids as the platforms write them, and other ones than the next visitor', () => {
    const { discord, slack } = identity
    for (const id of Object.values(discord)) expect(id).toMatch(/^\d{1,7}$/)
    for (const id of Object.values(slack)) expect(id).toMatch(/^[CTU][A-Z0-9]{1,31}$/)
    expect(identityOf(newVisitor(new Date())).slack.user).not.toBe(slack.user)
  })
})
