import type { Message } from '../../config/webhook.ts'
import { drawChart } from '../../images/draw.ts'
import type { OperatorReport } from '../../platform/operator-report.ts'
import { wholeLines } from '../../platform/outbound-text.ts'
import { plain } from '../render/text.ts'

/** Of a bar at the side of an embed. */
const COLOURS: Readonly<Record<OperatorReport['mood'], number>> = {
  good: 0x3ba55d,
  neutral: 0x5aa9ff,
  bad: 0xed4245,
}

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const LIMITS = { title: 256, description: 3_000, field: 1_000 }

const PICTURE = 'refresh.png'

/** Writes an embed, with the figures as a picture beside it. */
export async function operatorMessage(report: OperatorReport): Promise<Message> {
  const { mood, title, changes, chart, bars, data, times } = report
  const field = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [{ name, value: escapedLines(lines, LIMITS.field) }]
  const body = {
    embeds: [
      {
        title: plain(title, LIMITS.title),
        description: escapedLines(changes, LIMITS.description),
        color: COLOURS[mood],
        fields: [...field('Data', data), ...field('Time', times)],
      },
    ],
    allowed_mentions: { parse: [] },
    ...(chart && { attachments: [{ id: '0', filename: PICTURE, description: bars.join('\n') }] }),
  }
  if (!chart) return { body: JSON.stringify(body), contentType: 'application/json' }
  const form = new FormData()
  form.append('payload_json', JSON.stringify(body))
  const picture = new Uint8Array(await drawChart(chart))
  form.append('files[0]', new Blob([picture], { type: 'image/png' }), PICTURE)
  return { body: form, contentType: undefined }
}

function escapedLines(lines: readonly string[], limit: number): string {
  return wholeLines(
    lines.map((line) => plain(line, limit)),
    limit,
  )
}
