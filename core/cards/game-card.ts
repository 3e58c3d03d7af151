import type { Opinion } from '../action.ts'
import type { Game } from '../catalogue/game.ts'
import type { StoredAnswer, StoredPick } from '../recommend/answers.ts'
import type { GameCard, Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { cardButtons } from './buttons.ts'
import { factsOf } from './facts.ts'

/** A pick as its asker may see it. */
export type OwnPick = { readonly answer: StoredAnswer; readonly pick: StoredPick }

/** `own`: with what is personal about it; undefined for everybody's eyes. */
export function gameCard(game: Game, own: OwnPick | undefined, strings: Strings): GameCard {
  return {
    title: game.name,
    url: `https://store.steampowered.com/app/${game.id}`,
    imageUrl: game.imageUrl,
    description: game.description,
    facts: factsOf(game, strings),
    reason: own && isExplained(own.answer) ? reasonFor(own.pick, strings) : undefined,
    mark: own && markOf(own.pick, strings),
    buttons: [],
    open: undefined,
  }
}

function markOf({ owned, isNew }: StoredPick, { page }: Strings): string | undefined {
  if (owned) return page.owned
  return isNew ? page.isNew : undefined
}

/** In a sentence. */
export function reasonFor(pick: StoredPick, { page, together }: Strings): string {
  if (pick.fits) return together.fits(pick.fits.players, pick.fits.of)
  if (pick.shared === undefined) return pick.reasons.length === 0 ? page.byTags : page.because(pick.reasons)
  if (pick.sameStudio) return page.sameStudio
  return pick.shared.length === 0 ? page.samePlayers : page.bothAre(pick.shared)
}

/** One card with its buttons: for the asker with the reason, for other readers of a shared page without. */
export function cardAlone(
  { answer, strings }: { readonly answer: StoredAnswer; readonly strings: Strings },
  game: Game,
  reader: { readonly isAsker: boolean; readonly said: Opinion | undefined },
): Reply {
  const pick = reader.isAsker ? answer.picks.find((one) => one.game === game.id) : undefined
  const explained = pick !== undefined && isExplained(answer)
  const about = { answer: answer.id, game: game.id, said: reader.said }
  const place = { ...about, own: reader.isAsker, page: undefined, explained }
  const card: GameCard = {
    ...gameCard(game, pick && { answer, pick }, strings),
    buttons: cardButtons(place, strings),
  }
  return {
    delivery: 'aside',
    summary: game.name,
    blocks: [
      { kind: 'game', card },
      { kind: 'hint', text: [strings.page.poweredBySteam] },
    ],
    buttons: [],
    attachments: [],
  }
}

/** A curated list says nothing of anybody. */
export function isExplained({ about }: StoredAnswer): boolean {
  return about.kind !== 'curate'
}
