import { ADULT_LABELS } from '../catalogue/adult-labels.ts'
import type { AverageTaste, LabelKind, Shares } from '../catalogue/average-taste.ts'
import type { Game } from '../catalogue/game.ts'
import type { GameId } from '../ids.ts'
import type { OwnedGame } from '../players/library.ts'

export type LabelTaste = {
  readonly name: string
  readonly mine: Shares
  /** Undefined where nobody is known to compare with. */
  readonly average: Shares | undefined
}

export type Taste = Readonly<Record<LabelKind, readonly LabelTaste[]>> & {
  /** How many games of the library carry any label. */
  readonly games: number
}

const SHOWN: Readonly<Record<LabelKind, number>> = { tag: 8, genre: 4 }

type Facts = ReadonlyMap<GameId, Pick<Game, 'tags' | 'genres'>>

/** The tags that tell this player from the average one, and the genres that make up most of the library. */
export function tasteOf(
  owned: readonly OwnedGame[],
  facts: Facts,
  average: AverageTaste,
  matureAllowed: boolean,
): Taste {
  const known = owned.filter(
    ({ game }) => labelsOf(facts, game, 'tag').length + labelsOf(facts, game, 'genre').length > 0,
  )
  const of = (kind: LabelKind): LabelTaste[] => {
    const compared = average[kind].size > 0
    return [...sharesOf(known, (game) => labelsOf(facts, game, kind))]
      .filter(([name]) => matureAllowed || !ADULT_LABELS.has(name.toLowerCase()))
      .map(([name, mine]) => ({
        name,
        mine,
        average: compared ? (average[kind].get(name) ?? NONE) : undefined,
      }))
      .sort((a, b) => telling(b, kind) - telling(a, kind) || (a.name < b.name ? -1 : 1))
      .slice(0, SHOWN[kind])
      .sort((a, b) => weight(b.mine) - weight(a.mine) || (a.name < b.name ? -1 : 1))
  }
  return { tag: of('tag'), genre: of('genre'), games: known.length }
}

const NONE: Shares = { played: 0, owned: 0 }

function labelsOf(facts: Facts, game: GameId, kind: LabelKind): readonly string[] {
  const fact = facts.get(game)
  return (kind === 'tag' ? fact?.tags : fact?.genres) ?? []
}

function sharesOf(
  owned: readonly OwnedGame[],
  labels: (game: GameId) => readonly string[],
): Map<string, Shares> {
  const minutes = owned.reduce((sum, entry) => sum + entry.minutes, 0)
  const shares = new Map<string, Shares>()
  for (const entry of owned) {
    for (const name of new Set(labels(entry.game))) {
      const before = shares.get(name) ?? NONE
      shares.set(name, {
        played: before.played + (minutes === 0 ? 0 : entry.minutes / minutes),
        owned: before.owned + 1 / owned.length,
      })
    }
  }
  return shares
}

/**
 * Everybody's tag tells nothing of anybody, and a rare one little: what counts is how much of it there is, and how many
 * times the average. A genre is broad enough to be told as it is.
 */
function telling({ mine, average }: LabelTaste, kind: LabelKind): number {
  const own = weight(mine)
  return kind === 'tag' ? own * Math.log((own + RARE) / (weight(average ?? NONE) + RARE)) : own
}

/** Below this share a label is too rare for times to mean much. */
const RARE = 0.02

/** Minutes tell more than a purchase, and one long game must not be all that counts. */
function weight({ played, owned }: Shares): number {
  return (played + owned) / 2
}
