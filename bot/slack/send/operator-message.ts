import type { Message } from '../../config/webhook.ts'
import type { OperatorReport } from '../../platform/operator-report.ts'
import { wholeLines } from '../../platform/outbound-text.ts'
import { plain } from '../render/text.ts'

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
const LIMITS = { header: 150, section: 2_900, text: 1_000 }

/** Writes blocks, with the figures as bars of text: incoming webhooks take no files. */
export function operatorMessage({ title, changes, bars, data, times }: OperatorReport): Message {
  const section = (text: string) => (text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text } }])
  const titled = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `*${name}*\n${escapedLines(lines)}`
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: title.slice(0, LIMITS.header) } },
    ...section(escapedLines(changes)),
    ...section(bars.length === 0 ? '' : `\`\`\`\n${bars.join('\n')}\n\`\`\``),
    ...section(titled('Data', data)),
    ...section(titled('Time', times)),
  ]
  const text = plain(title, LIMITS.text)
  return { body: JSON.stringify({ text, blocks, unfurl_links: false }), contentType: 'application/json' }
}

function escapedLines(lines: readonly string[]): string {
  return wholeLines(
    lines.map((line) => plain(line, LIMITS.section)),
    LIMITS.section,
  )
}
