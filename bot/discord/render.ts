import type { APIEmbed, BaseMessageOptions } from 'discord.js'
import type { Block, GameCard, Reply, RichText } from '../../core/reply.ts'
import { buttonRows, type Row } from './buttons.ts'
import { gameEmbed } from './game-embed.ts'
import { LIMITS } from './limits.ts'
import { marked, plain, words } from './text.ts'

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
  const embeds = embedsOf(cards, hints)
  const smallPrint = embeds.length === 0 ? hints : []
  return {
    content: contentOf(texts, smallPrint) || plain(reply.summary, LIMITS.content) || NOTHING,
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

function contentOf(texts: readonly RichText[], hints: readonly RichText[]): string {
  const lines = [
    ...texts.map((text) => ({ before: '', text })),
    ...hints.map((text) => ({ before: '-# ', text })),
  ]
  let content = ''
  for (const { before, text } of lines) {
    const start = `${content === '' ? '' : '\n'}${before}`
    const line = marked(text, LIMITS.content - content.length - start.length)
    if (line !== '') content += `${start}${line}`
  }
  return content
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
