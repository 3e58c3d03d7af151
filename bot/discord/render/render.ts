import type { APIEmbed, BaseMessageOptions } from 'discord.js'
import type { Block, GameCard, Reply, RichText } from '../../../core/reply.ts'
import { buttonRows, type Row } from './buttons.ts'
import { gameEmbed } from './game-embed.ts'
import { LIMITS } from './limits.ts'
import { marked, words } from './text.ts'

/** Replaces all of the message before it: an absent part would leave the old one standing. */
export type DiscordMessage = Pick<BaseMessageOptions, 'allowedMentions'> & {
  content: string
  embeds: APIEmbed[]
  components: Row[]
}

/** Small print that is worth its room under five cards. */
const FOOTER = 240

/** A message without any text at all is refused. */
const NOTHING = '…'

/** Pure. Every limit of Discord is kept whatever the reply holds, and nobody is pinged. */
export function renderDiscord(reply: Reply): DiscordMessage {
  const { texts, cards, hints } = sort(reply.blocks)
  const { content, embeds } = cards.length === 0 ? textOf(texts, hints) : cardsOf(texts, cards, hints)
  return {
    content: content || marked([reply.summary], LIMITS.content) || NOTHING,
    embeds,
    components: buttonRows(cards, reply.buttons),
    allowedMentions: { parse: [] },
  }
}

/** Discord shows text above cards, and small print inside the last card or below the text. */
function sort(blocks: readonly Block[]) {
  const texts: RichText[] = []
  const cards: GameCard[] = []
  const hints: RichText[] = []
  for (const block of blocks) {
    switch (block.kind) {
      case 'text':
        texts.push(block.text)
        break
      case 'game':
        cards.push(block.card)
        break
      case 'hint':
        hints.push(block.text)
        break
    }
  }
  return { texts, cards, hints }
}

type Line = { readonly before: '' | '-# '; readonly text: RichText }

/** What does not fit into a message's own text goes on in an embed, which holds twice as much. */
function textOf(texts: readonly RichText[], hints: readonly RichText[]) {
  const lines = [...linesOf(texts), ...linesOf(hints, '-# ')]
  const whole = joined(lines, LIMITS.description)
  if (whole.length <= LIMITS.content) return { content: whole, embeds: [] }
  const description = joined(lines.slice(1), LIMITS.description)
  return {
    content: joined(lines.slice(0, 1), LIMITS.content),
    embeds: description === '' ? [] : [{ description }],
  }
}

function cardsOf(texts: readonly RichText[], cards: readonly GameCard[], hints: readonly RichText[]) {
  return { content: joined(linesOf(texts), LIMITS.content), embeds: embedsOf(cards, hints) }
}

function linesOf(texts: readonly RichText[], before: Line['before'] = ''): Line[] {
  return texts.map((text) => ({ before, text }))
}

function joined(lines: readonly Line[], limit: number): string {
  let out = ''
  for (const { before, text } of lines) {
    const start = `${out === '' ? '' : '\n'}${before}`
    const line = marked(text, limit - out.length - start.length)
    if (line !== '') out += `${start}${line}`
  }
  return out
}

/** Each card gets an equal share of what Discord allows for all of them. */
function embedsOf(cards: readonly GameCard[], hints: readonly RichText[]): APIEmbed[] {
  const shown = cards.slice(0, LIMITS.embeds)
  const footer = words(
    hints.flatMap((hint, index) => (index === 0 ? hint : [' · ', ...hint])),
    FOOTER,
  )
  const budget = Math.floor((LIMITS.embedSum - footer.length) / Math.max(1, shown.length))
  const embeds = withOwnAddress(shown.map((card) => gameEmbed(card, budget)))
  const last = embeds.at(-1)
  if (last && footer !== '') last.footer = { text: footer }
  return embeds
}

/** Discord merges embeds of the same address into one. */
function withOwnAddress(embeds: readonly APIEmbed[]): APIEmbed[] {
  const seen = new Set<string>()
  return embeds.map(({ url, ...embed }) => {
    if (url === undefined || seen.has(url)) return embed
    seen.add(url)
    return { ...embed, url }
  })
}
