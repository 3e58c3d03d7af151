import { beforeEach, describe, expect, it } from 'vitest'
import { renderDiscord } from '../../../bot/discord/render/render.ts'
import { renderSlack } from '../../../bot/slack/render/render.ts'
import { createApp } from '../../../core/app.ts'
import { MAX_SUBSCRIPTIONS } from '../../../core/digest/subscription.ts'
import type { Listed } from '../../../core/digest/subscriptions.ts'
import { gameId } from '../../../core/ids.ts'
import { LOCALES, type Locale } from '../../../core/locale.ts'
import { parseCommand, type Values } from '../../../core/parsing/parse.ts'
import type { Reply } from '../../../core/reply.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { game } from '../../support/builders/games.ts'
import { syntaxFor } from '../../support/builders/platforms.ts'
import { asker } from '../../support/builders/requesters.ts'
import { messageFaults, specFaults } from '../../support/discord/rules.ts'
import { memoryDigests } from '../../support/fakes/memory-digests.ts'
import { memoryPlaces } from '../../support/fakes/memory-places.ts'
import { memoryCatalogue, memoryPorts } from '../../support/fakes/ports.ts'
import { messageFaults as slackFaults } from '../../support/slack/blocks.ts'

const NOW = new Date('2026-11-25T12:00:30Z')
/** The longest that a list may say of one digest. */
const IN_TROUBLE: Partial<Listed> = {
  paused: { why: 'no-permission', since: NOW },
  last: { state: 'refused', dueAt: NOW, note: 'no-permission' },
  untold: true,
}
/** As many as are named. */
const BLOCKED = Array.from({ length: 20 }, (_, at) =>
  game({ id: gameId(at + 1), name: `${at + 1} ${'[:_]'.repeat(9)}` }),
)

let digests: ReturnType<typeof memoryDigests>
let ask: (locale: Locale, command: string, values?: Values) => Promise<Reply>

beforeEach(() => {
  digests = memoryDigests()
  const places = memoryPlaces({ 'discord:5': { blocked: BLOCKED.map(({ id }) => id) } })
  const app = createApp(memoryPorts({ digests, places, catalogue: memoryCatalogue(BLOCKED), now: () => NOW }))
  ask = async (locale, command, values = {}) => {
    const who = asker({ manages: 'place', locale })
    const parsed = parseCommand(command, values, who, syntaxFor(who))
    if (!parsed.ok) throw new Error(parsed.problem.kind)
    return app.handle(parsed.request)
  }
})

/** All that a reader of Discord sees. */
function onDiscord(reply: Reply): string {
  const { allowedMentions, ...message } = renderDiscord(reply)
  const body = JSON.parse(JSON.stringify({ ...message, allowed_mentions: allowedMentions }))
  const faults = specFaults('PATCH', '/webhooks/1/token/messages/@original', body)
  expect([...messageFaults(body), ...faults]).toEqual([])
  return [message.content, ...message.embeds.map(({ description }) => description)]
    .join('\n')
    .replaceAll('\\', '')
}

function onSlack(reply: Reply): string {
  const message = renderSlack(reply)
  expect(slackFaults({ response_type: 'ephemeral', ...message })).toEqual([])
  return JSON.stringify(message.blocks)
}

describe.each(LOCALES)('what is longer than most answers, in %s', (locale) => {
  it('a list of as many digests as there may be, each in trouble, is shown to its end', async () => {
    for (let n = 1; n <= MAX_SUBSCRIPTIONS; n++) await ask(locale, 'digest subscribe', { genre: 'cooking' })
    digests.listed.forEach((one, at) => {
      digests.listed[at] = { ...one, ...IN_TROUBLE }
    })
    const reply = await ask(locale, 'digest list')
    const why = stringsIn(locale).subscriptions.note['no-permission']
    for (const shown of [onDiscord(reply), onSlack(reply)]) {
      expect(shown.split(why)).toHaveLength(2 * MAX_SUBSCRIPTIONS + 1)
    }
    expect(renderDiscord(reply).content).toBe(
      `**${stringsIn(locale).subscriptions.head(MAX_SUBSCRIPTIONS)}**`,
    )
  })

  it('settings with long names blocked are shown to their end', async () => {
    const reply = await ask(locale, 'settings')
    const shown = onDiscord(reply)
    for (const { id } of BLOCKED) expect(shown).toMatch(new RegExp(` ${id} \\[`))
    expect(shown).toMatch(/\n-# .{20,}$/)
    for (const { id } of BLOCKED) expect(onSlack(reply)).toContain(`${id} [:`)
  })
})
