import { expect, it } from 'vitest'
import { renderDiscord } from '../../../bot/discord/render/render.ts'
import { renderSlack } from '../../../bot/slack/render/render.ts'
import type { UserKey } from '../../../core/ids.ts'
import { LOCALES } from '../../../core/locale.ts'
import { spokenReplies } from '../../support/builders/spoken-replies.ts'
import { messageFaults as discordFaults, specFaults } from '../../support/discord/rules.ts'
import { messageFaults as slackFaults } from '../../support/slack/blocks.ts'

const spokenTo = (user: UserKey) => LOCALES.flatMap((locale) => Object.entries(spokenReplies(locale, user)))

it.each(spokenTo('discord:1'))(
  'the reply "%s" looks right on Discord, within its limits',
  async (name, reply) => {
    const message = renderDiscord(reply)
    const { allowedMentions, ...rest } = message
    const body = JSON.parse(JSON.stringify({ ...rest, allowed_mentions: allowedMentions }))
    const faults = [
      ...discordFaults(body),
      ...specFaults('PATCH', '/webhooks/1/token/messages/@original', body),
    ]
    expect(faults).toEqual([])
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(
      `../../golden/discord/${name}.json`,
    )
  },
)

it.each(spokenTo('slack:T1.U1'))(
  'the reply "%s" looks right in Slack, within its limits',
  async (name, reply) => {
    const message = renderSlack(reply)
    expect(slackFaults({ ...message, response_type: 'ephemeral' })).toEqual([])
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(
      `../../golden/slack/${name}.json`,
    )
  },
)
