import type { Message } from '../../config/webhook.ts'
import { plain as discordText } from '../../discord/render/text.ts'
import { drawChart } from '../../images/draw.ts'
import { plain as slackText } from '../../slack/render/text.ts'
import { barsOf, chartOf, type Report } from './report.ts'

/** Of a bar at the side of a Discord embed. */
const COLOURS: Readonly<Record<Report['mood'], number>> = { good: 0x3ba55d, neutral: 0x5aa9ff, bad: 0xed4245 }

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const DISCORD = { title: 256, description: 3_000, field: 1_000 }

/** An embed, with the figures as a picture beside it. */
export async function discordMessage(report: Report): Promise<Message> {
  const { mood, title, changes, data, times } = report
  const field = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [{ name, value: discordLines(lines, DISCORD.field) }]
  const chart = chartOf(report)
  const body = {
    embeds: [
      {
        title: discordText(title, DISCORD.title),
        description: discordLines(changes, DISCORD.description),
        color: COLOURS[mood],
        fields: [...field('Data', data), ...field('Time', times)],
      },
    ],
    allowed_mentions: { parse: [] },
    ...(chart && { attachments: [{ id: '0', filename: PICTURE, description: barsOf(report).join('\n') }] }),
  }
  if (!chart) return { body: JSON.stringify(body), contentType: 'application/json' }
  const form = new FormData()
  form.append('payload_json', JSON.stringify(body))
  const picture = new Uint8Array(await drawChart(chart))
  form.append('files[0]', new Blob([picture], { type: 'image/png' }), PICTURE)
  return { body: form, contentType: undefined }
}

const PICTURE = 'refresh.png'

function discordLines(lines: readonly string[], limit: number): string {
  return withinLimit(
    lines.map((line) => discordText(line, limit)),
    limit,
  )
}

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
const SLACK = { header: 150, section: 2_900, text: 1_000 }

/** Blocks, with the figures as bars of text: incoming webhooks take no files. */
export function slackMessage(report: Report): Message {
  const { title, changes, data, times } = report
  const section = (text: string) => (text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text } }])
  const titled = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `*${name}*\n${slackLines(lines)}`
  const bars = barsOf(report)
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: title.slice(0, SLACK.header) } },
    ...section(slackLines(changes)),
    ...section(bars.length === 0 ? '' : `\`\`\`\n${bars.join('\n')}\n\`\`\``),
    ...section(titled('Data', data)),
    ...section(titled('Time', times)),
  ]
  const text = slackText(title, SLACK.text)
  return { body: JSON.stringify({ text, blocks, unfurl_links: false }), contentType: 'application/json' }
}

function slackLines(lines: readonly string[]): string {
  return withinLimit(
    lines.map((line) => slackText(line, SLACK.section)),
    SLACK.section,
  )
}

/** Whole lines, as many as fit. */
function withinLimit(lines: readonly string[], limit: number): string {
  let out = ''
  for (const line of lines) {
    const longer = out === '' ? line : `${out}\n${line}`
    if (longer.length > limit) break
    out = longer
  }
  return out
}
