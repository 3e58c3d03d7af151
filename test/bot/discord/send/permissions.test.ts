import { readFileSync } from 'node:fs'
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js'
import { expect, it } from 'vitest'
import { inviteUrl, missingPermissions, postingIn } from '../../../../bot/discord/send/permissions.ts'

const { Administrator, EmbedLinks, SendMessages, ViewChannel } = PermissionFlagsBits

/** As Discord's permissions calculator gives it. */
const ALL = 274_878_024_704n

it('what is asked for in the invitation is just what is needed', () => {
  expect(missingPermissions(new PermissionsBitField(ALL))).toEqual([])
  for (let bit = 1n; bit <= ALL; bit <<= 1n)
    expect(missingPermissions(new PermissionsBitField(ALL & ~bit))).toHaveLength(ALL & bit ? 1 : 0)
  expect(inviteUrl('1')).toBe(
    `https://discord.com/oauth2/authorize?client_id=1&scope=bot+applications.commands&permissions=${ALL}`,
  )
})

it('what is missing is named as Discord names it, and an administrator lacks nothing', () => {
  const held = new PermissionsBitField(ViewChannel | EmbedLinks)
  expect(missingPermissions(held)).toEqual([
    ...['Send Messages', 'Send Messages in Threads', 'Attach Files', 'Read Message History'],
  ])
  expect(missingPermissions(held, postingIn({ thread: false }))).toEqual(['Send Messages'])
  expect(
    missingPermissions(new PermissionsBitField(held.bitfield | SendMessages), postingIn({ thread: false })),
  ).toEqual([])
  expect(missingPermissions(new PermissionsBitField(Administrator))).toEqual([])
})

it('the README gives the same invitation', () => {
  const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8')
  expect(readme).toContain(inviteUrl('…'))
})
