import type { Game } from '../catalogue/game.ts'

/** Two games of one studio are alike whatever their tags say. */
const SAME_STUDIO = 0.7

/** What games have in common, as told by their tags. */
export type Likeness = {
  /** 0 (nothing in common) to 1: the Jaccard index of the tags, each with its weight. */
  of(a: Game, b: Game): number
  /** The tags that both carry, the most telling first. */
  shared(a: Game, b: Game): readonly string[]
}

/** `among`: a tag that few of them carry tells more than one ("Singleplayer", "2D") that most do. */
export function createLikeness(among: ReadonlyMap<unknown, Game>): Likeness {
  const carriers = new Map<string, number>()
  for (const { tags } of among.values())
    for (const tag of tags) carriers.set(tag, (carriers.get(tag) ?? 0) + 1)
  const weightOf = (tag: string) => Math.log(1 + among.size / (carriers.get(tag) ?? 1))
  const profiles = new Map<Game, Profile>()
  const profileOf = (game: Game) => {
    const known = profiles.get(game) ?? createProfile(game, weightOf)
    profiles.set(game, known)
    return known
  }
  return {
    of: (a, b) => Math.max(jaccard(profileOf(a), profileOf(b)), sameStudio(a, b) ? SAME_STUDIO : 0),
    shared(a, b) {
      const both = a.tags.filter((tag) => profileOf(b).weights.has(tag))
      return both.sort((one, other) => weightOf(other) - weightOf(one))
    },
  }
}

/** Made once for each game: a list of picks asks for thousands of pairs. */
type Profile = { readonly weights: ReadonlyMap<string, number>; readonly total: number }

function createProfile({ tags }: Game, weightOf: (tag: string) => number): Profile {
  const weights = new Map(tags.map((tag) => [tag, weightOf(tag)]))
  return { weights, total: [...weights.values()].reduce((sum, weight) => sum + weight, 0) }
}

function jaccard(a: Profile, b: Profile): number {
  let common = 0
  for (const [tag, weight] of a.weights) if (b.weights.has(tag)) common += weight
  return common === 0 ? 0 : common / (a.total + b.total - common)
}

function sameStudio(a: Game, b: Game): boolean {
  return a.developers.some((name) => b.developers.includes(name))
}
