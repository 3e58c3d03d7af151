import { type DigestPick, SECTIONS, type Section } from '../../digest/delivery.ts'
import type { GameId } from '../../ids.ts'
import type { Candidates } from './candidates.ts'

export type Choice = {
  readonly candidates: Candidates
  /** What the place's own taste speaks for, best first; empty where it has none that may be told. */
  readonly community: readonly GameId[]
  /** What the channel was shown of late, and what its place has blocked. */
  readonly without: ReadonlySet<GameId>
  /** 1 to 10. */
  readonly count: number
}

/** They take turns, so that a short digest has one of each before any has two. */
const LEADING = ['new', 'hidden-gem', 'on-sale', 'community'] as const satisfies readonly Section[]

/** Those of which there may be several. */
const MANY = LEADING.filter((section) => section !== 'hidden-gem')

/** But for the one hidden gem, each has at most a third. */
const THIRDS = 3

/**
 * The games of one digest in the order of its sections, no game twice: one hidden gem, and of what is new, on sale or for
 * this community at most a third each. The well received fill up, and where these run out, more of the others. Empty
 * where nothing is left to show.
 */
export function chooseDigest({ candidates, community, without, count }: Choice): readonly DigestPick[] {
  const lists: Readonly<Record<Section, readonly GameId[]>> = { ...candidates, community }
  const picks: DigestPick[] = []
  const taken = new Set(without)

  const drawOne = (section: Section): boolean => {
    const game = lists[section].find((one) => !taken.has(one))
    if (game === undefined) return false
    taken.add(game)
    picks.push({ game, section })
    return true
  }
  const draw = (sections: readonly Section[], most: number) => {
    let drawn = sections.length
    for (let turn = 0; turn < most && drawn > 0; turn += 1) {
      drawn = sections.filter((section) => picks.length < count && drawOne(section)).length
    }
  }

  const share = Math.ceil(count / THIRDS)
  draw(LEADING, 1)
  draw(MANY, share - 1)
  draw(['acclaimed'], count)
  draw(MANY, count)
  return picks.toSorted((a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section))
}
