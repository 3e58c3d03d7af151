import type { Opinion, Share } from '../action.ts'
import type { Game } from '../catalogue/game.ts'
import type { GameId, SteamId } from '../ids.ts'
import type { About, StoredAnswer, StoredPick } from '../recommend/answers.ts'
import type { Block, Button, GameCard, Inline, Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { cardButtons, openButton } from './buttons.ts'
import { gameCard, isExplained } from './game-card.ts'

/** Games on one page: five cards are what a Discord message can hold with all their facts. */
export const PAGE_SIZE = 5

export type Page = {
  readonly answer: StoredAnswer
  /** Counts from 0, and exists. */
  readonly page: number
  readonly facts: ReadonlyMap<GameId, Game>
  /** What the asker has said of games. */
  readonly said: ReadonlyMap<GameId, Opinion>
  readonly strings: Strings
  readonly now: Date
}

export function pageCount(answer: StoredAnswer): number {
  return Math.max(1, Math.ceil(answer.picks.length / PAGE_SIZE))
}

export function picksOnPage(answer: StoredAnswer, page: number): readonly StoredPick[] {
  return answer.picks.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
}

/** The asker's own view: what it is about, whose library where one was named, and why each game. */
export function privatePage(view: Page, steamId: SteamId | undefined): Reply {
  const { answer, page, strings } = view
  const head = strings.page.head(answer.about, answer.picks.length)
  const href = `https://steamcommunity.com/profiles/${steamId}`
  const whose: Inline[] = steamId === undefined ? [] : [' ', { link: strings.page.libraryOf(steamId), href }]
  const position = strings.page.of(page + 1, pageCount(answer))
  return {
    delivery: 'answer',
    summary: head,
    blocks: [
      { kind: 'text', text: [{ bold: head }, ...whose] },
      ...notes(view),
      ...cards(view, { steamId }),
      { kind: 'hint', text: [`${position} · ${strings.page.poweredBySteam}`] },
    ],
    buttons: pageButtons(view, steamId),
    attachments: [],
  }
}

/**
 * For everybody: the games alone. Reasons name owned games, and what is owned is marked, so both stay with the asker, who
 * can take the post back.
 */
export function sharedPage(view: Page, share: Share): Reply {
  const { strings, facts } = view
  const shown = picksOnPage(view.answer, view.page).filter(({ game }) => facts.has(game))
  const head = strings.page.shared(shown.length)
  return {
    delivery: 'channel',
    summary: head,
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      ...cards({ ...view, said: new Map() }, undefined),
      { kind: 'hint', text: [strings.page.poweredBySteam] },
    ],
    buttons: [{ label: strings.buttons.takeBack, action: { verb: 'unshare', ...share }, disabled: false }],
    attachments: [],
  }
}

/** A sentence by itself. */
export function note(
  delivery: Exclude<Reply['delivery'], 'channel'>,
  sentence: string,
  buttons: readonly Button[] = [],
): Reply {
  return {
    delivery,
    summary: sentence,
    blocks: [{ kind: 'text', text: [sentence] }],
    buttons,
    attachments: [],
  }
}

function notes({ answer: { about }, strings, now }: Page): Block[] {
  const sentences = notesOn(about, strings, now).filter((sentence) => sentence !== undefined)
  return sentences.length === 0 ? [] : [{ kind: 'text', text: [sentences.join(' ')] }]
}

function notesOn(
  about: About,
  { page, together, format, command }: Strings,
  now: Date,
): (string | undefined)[] {
  const leftOut = 'unknown' in about && about.unknown ? page.leftOut(about.unknown) : undefined
  if (about.kind === 'curate')
    return [
      about.unproven ? page.unproven : undefined,
      about.notHidden && page.notHidden[about.notHidden](command),
      leftOut,
    ]
  if (about.kind === 'digest') return []
  const where = {
    model: undefined,
    'catalogue-away': page.away,
    'catalogue-alone': page.noModel,
    'catalogue-unknown': page.unknownTaste,
  }
  const source = where[about.source]
  if (about.kind === 'together')
    return [source, about.leftOut === 0 ? undefined : together.leftOutCount(about.leftOut)]
  if (about.kind !== 'recommend') return [source, leftOut]
  const { staleSince, playtimeHidden } = about
  const stale = staleSince === undefined ? undefined : page.stale(format.ago(new Date(staleSince), now))
  return [stale, playtimeHidden ? page.playtimeHidden : undefined, source, leftOut]
}

/** `own`: on the asker's own page. Elsewhere each reader opens a card of their own. */
function cards(view: Page, own: { readonly steamId: SteamId | undefined } | undefined): Block[] {
  const { answer, page, facts, said, strings } = view
  return picksOnPage(answer, page).flatMap((pick, index): Block[] => {
    const game = facts.get(pick.game)
    if (!game) return []
    const about = { answer: answer.id, game: game.id, said: said.get(game.id) }
    const card: GameCard = {
      ...gameCard(game, own && { answer, pick }, strings),
      buttons: own
        ? cardButtons({ ...about, own: true, page: own, explained: isExplained(answer) }, strings)
        : [],
      open: openButton({ ...about, name: game.name, place: page * PAGE_SIZE + index + 1 }),
    }
    return [{ kind: 'game', card }]
  })
}

function pageButtons({ answer, page, strings }: Page, steamId: SteamId | undefined): Button[] {
  const turn = (label: string, to: number): Button => ({
    label,
    action: { verb: 'page', answer: answer.id, page: Math.max(0, to), steamId },
    disabled: to < 0 || to >= pageCount(answer),
  })
  const share: Button = {
    label: strings.buttons.share,
    action: { verb: 'share', answer: answer.id, page },
    disabled: false,
  }
  return pageCount(answer) === 1
    ? [share]
    : [turn(strings.buttons.back, page - 1), turn(strings.buttons.on, page + 1), share]
}
