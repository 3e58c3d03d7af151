import type { types } from '@slack/bolt'
import type { Block, Button, Fact, GameCard, Reply, RichText } from '../../../core/reply.ts'
import { clip, webAddress } from '../../platform/outbound-text.ts'
import { actionsOf } from './buttons.ts'
import { LIMITS } from './limits.ts'
import { bold, linked, marked, plain } from './text.ts'

/** A picture that has been uploaded. */
export type Picture = { readonly fileId: string; readonly alt: string }

export type SlackMessage = { readonly text: string; readonly blocks: types.KnownBlock[] }

/** What looks right on one of five cards. Escaped and with the link, all of it is less than a section may hold. */
const SHOWN = {
  title: 150,
  link: 1400,
  mark: 80,
  description: 360,
  reason: 400,
  label: 60,
  value: 240,
} as const

/** Slack refuses a message, a block or a field without any text. */
const NOTHING = '…'
const UNKNOWN = '—'

/** Pure. Every limit of Slack is kept whatever the reply holds, and nobody is pinged but by its calls. */
export function renderSlack(reply: Reply, picture?: Picture): SlackMessage {
  const summary = (limit: number) => marked([reply.summary], limit) || NOTHING
  const taken = new Set<string>()
  const actions = [...actionsOf(opening(reply.blocks), taken), ...actionsOf(reply.buttons, taken)]
  const headEnd = reply.blocks[0]?.kind === 'text' ? 1 : 0
  const content = [
    ...withDividers(reply.blocks.slice(0, headEnd), taken),
    ...(picture ? [pictureBlock(picture)] : []),
    ...withDividers(reply.blocks.slice(headEnd), taken),
  ].slice(0, LIMITS.blocks - actions.length)
  const blocks = [...content, ...actions]
  const bare: types.SectionBlock = { type: 'section', text: mrkdwn(summary(LIMITS.sectionText)) }
  return { text: summary(LIMITS.text), blocks: blocks.length > 0 ? blocks : [bare] }
}

function pictureBlock({ fileId, alt }: Picture): types.ImageBlock {
  return { type: 'image', slack_file: { id: fileId }, alt_text: clip(alt, LIMITS.altText) || UNKNOWN }
}

/** Cards without buttons of their own have one below that leads to a card with them. */
function opening(blocks: readonly Block[]): Button[] {
  return blocks.flatMap((block) => {
    const bare = block.kind === 'game' && block.card.buttons.length === 0
    return bare && block.card.open ? [block.card.open] : []
  })
}

/** A line between games, so that five cards do not run together. */
function withDividers(blocks: readonly Block[], taken: Set<string>): types.KnownBlock[] {
  return blocks.flatMap((block, index) => {
    const afterGame = block.kind === 'game' && blocks[index - 1]?.kind === 'game'
    return [...(afterGame ? [{ type: 'divider' } as const] : []), ...renderBlock(block, taken)]
  })
}

function renderBlock(block: Block, taken: Set<string>): types.KnownBlock[] {
  switch (block.kind) {
    case 'text':
      return sentence(block.text).map((text) => ({ type: 'section', text }))
    case 'game':
      return [gameSection(block.card), ...actionsOf(block.card.buttons, taken)]
    case 'hint':
      return sentence(block.text, LIMITS.contextText).map((text) => ({ type: 'context', elements: [text] }))
  }
}

/** Empty where there is nothing to say: Slack refuses empty text. */
function sentence(text: RichText, limit: number = LIMITS.sectionText): types.MrkdwnElement[] {
  const line = marked(text, limit)
  return line === '' ? [] : [mrkdwn(line)]
}

function gameSection(card: GameCard): types.SectionBlock {
  const fields = card.facts.slice(0, LIMITS.fields).map(factField)
  const imageUrl = webAddress(card.imageUrl, /^https:$/)
  const hasImage = imageUrl !== undefined && imageUrl.length <= LIMITS.imageUrl
  return {
    type: 'section',
    text: mrkdwn(cardText(card)),
    ...(fields.length > 0 && { fields }),
    ...(hasImage && {
      accessory: { type: 'image', image_url: imageUrl, alt_text: titleOf(card) },
    }),
  }
}

function titleOf(card: GameCard): string {
  return clip(card.title, SHOWN.title) || UNKNOWN
}

function cardText(card: GameCard): string {
  const title = bold(linked(titleOf(card), card.url, SHOWN.link))
  const description = plain(card.description ?? '', SHOWN.description)
  const reason = plain(card.reason ?? '', SHOWN.reason)
  const lines = [title, bold(plain(card.mark ?? '', SHOWN.mark)), description, reason && `_${reason}_`]
  return lines.filter((line) => line !== '').join('\n')
}

function factField({ label, value }: Fact): types.MrkdwnElement {
  return mrkdwn(`${bold(plain(label, SHOWN.label) || UNKNOWN)}\n${plain(value, SHOWN.value) || UNKNOWN}`)
}

/** `verbatim`: Slack links and pings nothing on its own that we have not marked. */
function mrkdwn(text: string): types.MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true }
}
