import type { LabelSource } from '../../core/catalogue/game-labels.ts'
import { OWNED, type Playtime } from '../training/values.ts'
import { DEFAULT, EASE, type Recipe } from '../training/variants.ts'

/** What is compared: a mix of recipes, whose scores are added up by weight. */
export type Idea = {
  readonly name: string
  readonly parts: readonly { readonly recipe: Recipe; readonly weight: number }[]
}

function one(name: string, change: Partial<Recipe>, base: Recipe = EASE): Idea {
  return { name, parts: [{ recipe: { ...base, ...change }, weight: 1 }] }
}

function withLabels(weight: number, ...sources: readonly LabelSource[]): Pick<Recipe, 'labels'> {
  return { labels: { weight, sources } }
}

function playtime(by: Playtime['by'], weight: number): Pick<Recipe, 'input'> {
  return { input: { ...OWNED, playtime: { by, weight } } }
}

/** Labels alone: with no players, λ counts against the labels' own Gram matrix, whose diagonal is 1. */
const LABELS_ALONE: Recipe = { ...EASE, l2: 1, players: 0, labels: { ...EASE.labels, weight: 1 } }

/** Every idea by itself on top of plain EASE, then those that go together. */
export const IDEAS: readonly Idea[] = [
  one('EDLAE, p = .33', { dropout: 0.33 }),
  one('RDLAE, p = .33, ξ = .5', { dropout: 0.33, selfWeight: 0.5 }),
  one('scaled Gram (MRF), α = .5', { ridgeExponent: 0.5 }),
  one('DAN, β = .3, α = .2, p = .3', {
    ...{ l2: 60, dropout: 0.3, playerExponent: 0.3, sourceExponent: 0.2, targetExponent: 0.2, selfWeight: 1 },
  }),
  one('player weight, exponent .5', { playerExponent: 0.5 }),
  one('target weight, a = .1', { targetExponent: 0.1 }),
  one('target weight, a = .2, λ = 500', { targetExponent: 0.2, l2: 500 }),
  one('input: played 1.75', { input: { ...OWNED, played: 1.75 } }),
  one('input: + ln(1 + hours) / 4', playtime('log', 0.25)),
  one('input: + hours, capped at 20', playtime('cap', 1)),
  one("input: + share of the game's median", playtime('median', 1.5)),
  one('training and input: played 1.75', {
    training: { ...OWNED, played: 1.75 },
    input: { ...OWNED, played: 1.75 },
    l2: 400,
  }),
  one('input: games that are not indie .8', { otherGames: 0.8 }),
  one('without games that over 40 % own', { maxShare: 0.4 }),
  one('training players with 20 games or more', { minLibrary: 20 }),
  one('labels: tags', withLabels(50, 'tag')),
  one('labels: tags, genres, developer', withLabels(50, 'tag', 'genre', 'developer')),
  one('labels: those and half-years of release', withLabels(50, 'tag', 'genre', 'developer', 'release')),
  one('labels: those and title words', withLabels(50, 'tag', 'genre', 'developer', 'title word')),
  one('labels: those and description words', withLabels(50, 'tag', 'genre', 'developer', 'description word')),
  one('labels and target weight, a = .1', {
    ...withLabels(50, 'tag', 'genre', 'developer'),
    targetExponent: 0.1,
  }),
  {
    name: 'convex mix: EASE and labels alone',
    parts: [
      { recipe: EASE, weight: 0.9 },
      { recipe: LABELS_ALONE, weight: 0.1 },
    ],
  },
  one('the default', {}, DEFAULT),
  {
    name: 'blend: the default and DAN',
    parts: [
      { recipe: DEFAULT, weight: 0.5 },
      {
        recipe: {
          ...DEFAULT,
          ...{ l2: 60, playerExponent: 0.3, sourceExponent: 0.2, targetExponent: 0.2, selfWeight: 1 },
        },
        weight: 0.5,
      },
    ],
  },
]
