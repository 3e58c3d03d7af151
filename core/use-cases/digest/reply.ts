import { openButton } from '../../cards/buttons.ts'
import { gameCard } from '../../cards/game-card.ts'
import type { Game } from '../../catalogue/game.ts'
import type { DeliveryId, DigestPick } from '../../digest/delivery.ts'
import type { Subscription } from '../../digest/subscription.ts'
import type { GameId } from '../../ids.ts'
import type { About } from '../../recommend/answers.ts'
import type { Attachment, Block, GameCard, Inline, Mention, Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'

/** A pick with what is known of it at this moment. */
export type Shown = DigestPick & { readonly fact: Game }

export type Digest = {
  readonly delivery: DeliveryId
  readonly subscription: Pick<Subscription, 'genres' | 'call'>
  /** In the order of their sections; at least one. */
  readonly shown: readonly Shown[]
  /** A PNG. */
  readonly cover: Uint8Array | undefined
  readonly strings: Strings
}

/** Those that may be shown to everybody. */
export function shownOf(picks: readonly DigestPick[], facts: ReadonlyMap<GameId, Game>): readonly Shown[] {
  return picks.flatMap((pick) => {
    const fact = facts.get(pick.game)
    return fact && !fact.mature ? [{ ...pick, fact }] : []
  })
}

export function aboutDigest({ genres }: Pick<Subscription, 'genres'>): About {
  return { kind: 'digest', labels: genres }
}

/** A digest as it is posted: for everybody, so its cards are nobody's own, and lead each reader to a card of theirs. */
export function digestReply({ delivery, subscription, shown, cover, strings }: Digest): Reply {
  const { page, digest, command } = strings
  const head = page.head(aboutDigest(subscription), shown.length)
  return {
    delivery: 'channel',
    summary: head,
    blocks: [
      { kind: 'text', text: [...calling(subscription.call), { bold: head }] },
      ...shown.map((one, index): Block => {
        const about = { answer: delivery, game: one.game, said: undefined }
        const open = openButton({ ...about, name: one.fact.name, place: index + 1 })
        return { kind: 'game', card: { ...digestCard(one, strings), open } }
      }),
      { kind: 'hint', text: [`${digest.foot(command)} · ${page.poweredBySteam}`] },
    ],
    buttons: [],
    attachments: attached(cover, shown, strings),
  }
}

/** The same cards without anything to press, for who wants to see what would come. `heading` is theirs to read. */
export function previewOf(heading: string, shown: readonly Shown[], strings: Strings): Reply {
  return {
    delivery: 'answer',
    summary: heading,
    blocks: [
      { kind: 'text', text: [{ bold: heading }] },
      ...shown.map((one): Block => ({ kind: 'game', card: digestCard(one, strings) })),
      { kind: 'hint', text: [strings.page.poweredBySteam] },
    ],
    buttons: [],
    attachments: [],
  }
}

function digestCard(shown: Shown, strings: Strings): GameCard {
  return { ...gameCard(shown.fact, undefined, strings), mark: headingOf(shown, strings) }
}

/** A sale may have ended since the game was picked; it is well received all the same. */
function headingOf({ section, fact }: Shown, { digest }: Strings): string {
  const percent = fact.price?.discount ?? 0
  if (section === 'on-sale') return percent > 0 ? digest.onSale(percent) : digest.sections.acclaimed
  return digest.sections[section]
}

function calling(call: Mention | undefined): Inline[] {
  return call === undefined ? [] : [{ call }, ' ']
}

function attached(cover: Uint8Array | undefined, shown: readonly Shown[], strings: Strings): Attachment[] {
  if (!cover) return []
  const alt = strings.digest.cover(shown.map(({ fact }) => fact.name))
  return [{ kind: 'cover', name: 'digest.png', png: cover, alt }]
}
