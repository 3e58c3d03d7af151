import { stripVTControlCharacters, styleText } from 'node:util'
import type { ChartRow } from '../../core/chart.ts'
import type { Attachment, Block, Button, GameCard, Inline, Reply, RichText } from '../../core/reply.ts'
import { piecesOf } from '../../core/strings/typed.ts'

const WIDTH = 96
const INDENT = '   '

/** Of a chart: a column for the label, and the longest bar. */
const LABEL = 22
const BAR = 40

/** A reply as text for a terminal; colours follow NO_COLOR and whether a terminal is attached. */
export function renderTerminal(reply: Reply): string {
  const parts = [...reply.blocks.map(block), ...reply.attachments.map(attachment), buttons(reply.buttons)]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** The games of a reply in three lines each, for a glance. Other text stands as it is. */
export function renderPicks({ blocks }: Reply): string {
  const shown = blocks.filter(({ kind }) => kind !== 'hint')
  return shown.map((part) => (part.kind === 'game' ? glance(part.card) : block(part))).join('\n\n')
}

/** Price and reviews come first among a card's facts. */
const GLANCE_FACTS = 2

function glance({ title, url, facts, reason }: GameCard): string {
  const seen = facts.slice(0, GLANCE_FACTS).map(({ value }) => plain(value))
  return [
    [styleText(['bold', 'cyan'], plain(title)), styleText('dim', seen.join(' · '))].join('  '),
    ...(reason === undefined ? [] : [styleText('green', wrap(`→ ${plain(reason)}`, INDENT))]),
    INDENT + styleText('dim', url),
  ].join('\n')
}

function block(part: Block): string {
  switch (part.kind) {
    case 'text':
      return wrap(rich(part.text), '')
    case 'hint':
      return styleText('dim', rich(part.text))
    case 'game':
      return gameCard(part.card)
  }
}

function gameCard(card: GameCard): string {
  const label = (name: string) => styleText('dim', `${name} `)
  const lines = [
    `${styleText(['bold', 'cyan'], plain(card.title))}  ${styleText('dim', card.url)}`,
    ...(card.mark === undefined ? [] : [INDENT + styleText('yellow', plain(card.mark))]),
    ...(card.description === undefined ? [] : [wrap(plain(card.description), INDENT)]),
    ...card.facts.map((fact) => `${INDENT}${label(`${fact.label}:`)}${plain(fact.value)}`),
    ...(card.reason === undefined ? [] : [styleText('green', wrap(`→ ${plain(card.reason)}`, INDENT))]),
  ]
  return lines.join('\n')
}

function attachment(part: Attachment): string {
  switch (part.kind) {
    case 'chart':
      return part.chart.groups
        .map(({ title, rows }) => [styleText('bold', plain(title)), ...rows.map(chartRow)].join('\n'))
        .join('\n\n')
    case 'file':
      return part.text
    case 'cover':
      return ''
  }
}

function chartRow({ label, bars }: ChartRow): string {
  const name = plain(label).slice(0, LABEL).padStart(LABEL)
  const lines = bars.map(({ share, words }, at) => {
    const filled = Math.round(BAR * Math.min(1, Math.max(0, share)))
    const bar = styleText(at === 0 ? 'yellow' : 'blue', '█'.repeat(filled)) + '·'.repeat(BAR - filled)
    return `${at === 0 ? name : ' '.repeat(LABEL)} ${bar} ${plain(words)}`
  })
  return lines.join('\n')
}

function buttons(row: readonly Button[]): string {
  const live = row.filter((button) => !button.disabled)
  return live.map((button) => styleText('dim', `[ ${button.label} ]`)).join(' ')
}

function rich(text: RichText): string {
  return text
    .flatMap((part) => (typeof part === 'string' ? piecesOf(part) : [part]))
    .map(inline)
    .join('')
}

function inline(part: Inline): string {
  if (typeof part === 'string') return plain(part)
  if ('bold' in part) return styleText('bold', plain(part.bold))
  if ('member' in part) return plain(part.member)
  if ('channel' in part) return plain(part.channel)
  if ('call' in part) return ''
  if ('code' in part) return plain(part.code)
  return `${plain(part.link)} (${part.href})`
}

/** A title is a stranger's text: escape sequences and other control characters would reach the terminal. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, ' ')
}

function wrap(text: string, indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - indent.length) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].map((row) => indent + row).join('\n')
}
