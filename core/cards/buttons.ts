import { OPINIONS, type Opinion } from '../action.ts'
import type { AnswerId, GameId, SteamId } from '../ids.ts'
import type { Button } from '../reply.ts'
import { clip } from '../strings/formats.ts'
import type { Strings } from '../strings/language.ts'

/** Five of these stand in one row of Discord's. */
const SHOWN_TITLE = 24

/** Tells those who see no colours what the colour tells the others. */
const DONE = '✓'

export type CardPlace = {
  readonly answer: AnswerId
  readonly game: GameId
  /** What the reader has said of it. */
  readonly said: Opinion | undefined
  /** The answer is the reader's, who may share of it. */
  readonly own: boolean
  /** The reader's own page that the card stands on; undefined for a card by itself. */
  readonly page: { readonly steamId: SteamId | undefined } | undefined
  /** There is something to tell, and this reader may know it. */
  readonly explained: boolean
}

/** What a reader can say of a game, ask about it and do with it: six at most, two rows on Discord. */
export function cardButtons(place: CardPlace, strings: Strings): Button[] {
  const { answer, game, explained, own } = place
  const ask = (verb: 'more' | 'why'): Button => ({
    label: strings.buttons[verb],
    action: { verb, answer, game },
    disabled: false,
  })
  return [
    ...OPINIONS.map((opinion) => opinionButton(opinion, place, strings)),
    ask('more'),
    ...(explained ? [ask('why')] : []),
    ...(own ? [shareButton(place, strings)] : []),
  ]
}

function shareButton({ answer, game }: CardPlace, { buttons }: Strings): Button {
  return { label: buttons.shareGame, action: { verb: 'share-game', answer, game }, disabled: false }
}

function opinionButton(opinion: Opinion, place: CardPlace, { buttons }: Strings): Button {
  const { answer, game, said, page } = place
  const chosen = said === opinion
  return {
    label: chosen ? `${buttons[opinion]} ${DONE}` : buttons[opinion],
    action: { verb: opinion, answer, game, undo: chosen, page },
    disabled: false,
    chosen,
  }
}

/** Leads to the card by itself. `place` counts from 1. */
export function openButton(card: {
  readonly answer: AnswerId
  readonly game: GameId
  readonly said: Opinion | undefined
  readonly name: string
  readonly place: number
}): Button {
  const label = `${card.place} ${clip(card.name, SHOWN_TITLE)}`
  return {
    label: card.said === undefined ? label : `${label} ${DONE}`,
    action: { verb: 'card', answer: card.answer, game: card.game },
    disabled: false,
  }
}
