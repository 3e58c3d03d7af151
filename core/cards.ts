import type { Game } from './game.ts'
import type { GameId, SteamId } from './ids.ts'
import type { StoredAnswer, StoredPick } from './ports.ts'
import type { Block, Button, Fact, GameCard, Inline, Reply } from './reply.ts'
import * as words from './words.ts'

/** Games on one page: five cards are what a Discord message can hold with all their facts. */
export const PAGE_SIZE = 5

const SHOWN_TAGS = 5

export type Page = {
  readonly answer: StoredAnswer
  /** Counts from 0, and exists. */
  readonly page: number
  readonly facts: ReadonlyMap<GameId, Game>
  readonly now: Date
}

export function pageCount(answer: StoredAnswer): number {
  return Math.max(1, Math.ceil(answer.picks.length / PAGE_SIZE))
}

export function picksOnPage(answer: StoredAnswer, page: number): readonly StoredPick[] {
  return answer.picks.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
}

/** The asker's own view: whose library, how much was read, and why each game. */
export function privatePage(view: Page, steamId: SteamId | undefined): Reply {
  const { answer, page } = view
  const head = `${words.pickCount(answer.picks.length)} from ${words.gamesRead(answer.gamesRead)}`
  const whose: Inline[] =
    steamId === undefined
      ? []
      : [' in ', { link: `the library of ${steamId}`, href: words.storeLink(steamId) }]
  return {
    delivery: 'answer',
    summary: head,
    blocks: [
      { kind: 'text', text: [{ bold: head }, ...whose] },
      ...notes(view),
      ...cards(view, true),
      { kind: 'hint', text: [`${words.pageOf(page, pageCount(answer))} · ${words.POWERED_BY_STEAM}`] },
    ],
    buttons: pageButtons(view, steamId),
  }
}

/** For everybody: the games alone. Reasons name owned games, so they stay with the asker. */
export function sharedPage(view: Page): Reply {
  const head = words.pickCount(picksOnPage(view.answer, view.page).length)
  return {
    delivery: 'channel',
    summary: head,
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      ...cards(view, false),
      { kind: 'hint', text: [words.POWERED_BY_STEAM] },
    ],
    buttons: [],
  }
}

/** A sentence by itself. */
export function note(delivery: 'answer' | 'aside', sentence: string): Reply {
  return { delivery, summary: sentence, blocks: [{ kind: 'text', text: [sentence] }], buttons: [] }
}

function notes({ answer, now }: Page): Block[] {
  const sentences = [
    answer.staleSince === undefined ? undefined : words.staleNote(answer.staleSince, now),
    answer.playtimeHidden ? words.PLAYTIME_HIDDEN : undefined,
    words.sourceNote(answer.source),
  ].filter((sentence) => sentence !== undefined)
  return sentences.length === 0 ? [] : [{ kind: 'text', text: [sentences.join(' ')] }]
}

function cards({ answer, page, facts }: Page, withReasons: boolean): Block[] {
  return picksOnPage(answer, page).flatMap((pick): Block[] => {
    const game = facts.get(pick.game)
    return game ? [{ kind: 'game', card: gameCard(game, withReasons ? reasonFor(pick) : undefined) }] : []
  })
}

function reasonFor(pick: StoredPick): string {
  return pick.reasons.length === 0 ? words.BY_TAGS : words.because(pick.reasons)
}

export function gameCard(game: Game, reason: string | undefined): GameCard {
  return {
    title: game.name,
    url: `https://store.steampowered.com/app/${game.id}`,
    imageUrl: game.imageUrl,
    description: game.description,
    facts: factsOf(game),
    reason,
  }
}

function factsOf(game: Game): Fact[] {
  const { LABELS } = words
  const tags = game.tags.length > 0 ? game.tags : game.genres
  return [
    { label: LABELS.price, value: words.price(game.price) },
    { label: LABELS.reviews, value: words.reviews(game.reviews) },
    { label: LABELS.released, value: words.released(game.release) },
    { label: LABELS.developer, value: words.developers(game.developers) },
    { label: LABELS.tags, value: tags.slice(0, SHOWN_TAGS).join(', ') || words.UNKNOWN },
  ]
}

function pageButtons({ answer, page }: Page, steamId: SteamId | undefined): Button[] {
  const turn = (label: string, to: number): Button => ({
    label,
    action: { verb: 'page', answer: answer.id, page: Math.max(0, to), steamId: steamId },
    disabled: to < 0 || to >= pageCount(answer),
  })
  const share: Button = {
    label: words.SHARE,
    action: { verb: 'share', answer: answer.id, page },
    disabled: false,
  }
  return pageCount(answer) === 1
    ? [share]
    : [turn(words.PAGE_BACK, page - 1), turn(words.PAGE_ON, page + 1), share]
}
