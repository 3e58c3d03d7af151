import { describe, expect, it } from 'vitest'
import { renderDiscord } from '../../bot/discord/render.ts'
import { renderSlack } from '../../bot/slack/render.ts'
import { LOCALES } from '../../core/locale.ts'
import { messageFaults as discordFaults, specFaults } from '../support/discord-rules.ts'
import { messageFaults as slackFaults } from '../support/slack-blocks.ts'
import { spokenReplies } from '../support/spoken-replies.ts'

const spoken = LOCALES.flatMap((locale) => Object.entries(spokenReplies(locale)))

describe.each(spoken)('the reply "%s"', (name, reply) => {
  it('looks right on Discord, within its limits', async () => {
    const message = renderDiscord(reply)
    const { allowedMentions, ...rest } = message
    const body = JSON.parse(JSON.stringify({ ...rest, allowed_mentions: allowedMentions }))
    const faults = [
      ...discordFaults(body),
      ...specFaults('PATCH', '/webhooks/1/token/messages/@original', body),
    ]
    expect(faults).toEqual([])
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(
      `../golden/discord.${name}.json`,
    )
  })

  it('looks right in Slack, within its limits', async () => {
    const message = renderSlack(reply)
    expect(slackFaults({ ...message, response_type: 'ephemeral' })).toEqual([])
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(`../golden/slack.${name}.json`)
  })
})
