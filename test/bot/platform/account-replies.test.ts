import { describe, expect, it } from 'vitest'
import { renderDiscord } from '../../../bot/discord/render/render.ts'
import { renderSlack } from '../../../bot/slack/render/render.ts'
import type { UserKey } from '../../../core/ids.ts'
import { LOCALES, type Locale } from '../../../core/locale.ts'
import { accountReplies } from '../../support/builders/account-replies.ts'
import { placeReplies } from '../../support/builders/place-replies.ts'
import { messageFaults as discordFaults, specFaults } from '../../support/discord/rules.ts'
import { messageFaults as slackFaults } from '../../support/slack/blocks.ts'

const EDIT = '/webhooks/1/token/messages/@original'

/** By name, with those on the settings of a place. */
async function repliesOn(platform: 'discord' | 'slack', user: UserKey, locale: Locale) {
  const all = { ...(await accountReplies(locale, user)), ...(await placeReplies(locale, platform)) }
  return Object.entries(all)
}

describe.each(LOCALES)('what people read of their account and their place, in %s', async (locale) => {
  it.each(await repliesOn('discord', 'discord:1', locale))(
    'looks right on Discord, within its limits: %s',
    async (name, reply) => {
      const message = renderDiscord(reply)
      const { allowedMentions, ...rest } = message
      const body = JSON.parse(JSON.stringify({ ...rest, allowed_mentions: allowedMentions }))
      expect([...discordFaults(body), ...specFaults('PATCH', EDIT, body)]).toEqual([])
      await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(
        `../../golden/discord/${name}.${locale}.json`,
      )
    },
  )

  it.each(await repliesOn('slack', 'slack:T1.U1', locale))(
    'looks right in Slack, within its limits: %s',
    async (name, reply) => {
      const message = renderSlack(reply)
      expect(slackFaults({ ...message, response_type: 'ephemeral' })).toEqual([])
      await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(
        `../../golden/slack/${name}.${locale}.json`,
      )
    },
  )
})
