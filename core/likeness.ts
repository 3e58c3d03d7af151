import type { Game } from './game.ts'

/** Two games of one studio are alike whatever their tags say. */
const SAME_STUDIO = 0.7

/** Only the first tags tell a game's kind; the tail ("Singleplayer", "2D") is shared by half the catalogue. */
const TELLING_TAGS = 8

/** 0 (nothing in common) to 1: the Jaccard index of the first tags. */
export function likeness(a: Game, b: Game): number {
  const common = sharedTags(a, b).length
  const all = telling(a).length + telling(b).length - common
  const jaccard = common === 0 ? 0 : common / all
  return a.developers.some((name) => b.developers.includes(name)) ? Math.max(jaccard, SAME_STUDIO) : jaccard
}

/** The telling tags that both carry, in the first one's order. */
export function sharedTags(a: Game, b: Game): readonly string[] {
  const theirs = new Set(telling(b))
  return telling(a).filter((tag) => theirs.has(tag))
}

function telling({ tags }: Game): readonly string[] {
  return tags.slice(0, TELLING_TAGS)
}
