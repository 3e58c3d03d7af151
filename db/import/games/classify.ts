import { ADULT_LABELS } from '../../../core/catalogue/adult-labels.ts'
import type { GameType } from './name-type.ts'
import { typeByName } from './name-type.ts'
import type { Tag } from './tags.ts'

export type Labels = {
  readonly name: string
  /** The source's own word. */
  readonly type: string | undefined
  /** Set where Steam's own page states the type: whether it also names another game that this one belongs to. */
  readonly page?: { readonly hasParent: boolean } | undefined
  readonly genres: readonly string[]
  readonly categories: readonly string[]
  readonly tags: readonly Tag[]
  readonly requiredAge: number | undefined
}

export type Class = {
  readonly type: GameType | undefined
  readonly indie: boolean | undefined
  readonly mature: boolean | undefined
}

/** Unknown, rather than a game, not indie and not mature, where the source has nothing to tell it by. */
export function classify(labels: Labels): Class {
  return { type: classifyType(labels), indie: classifyIndie(labels), mature: classifyMature(labels) }
}

/** Some rows of the catalogues were fetched in the language of whoever fetched them. */
const INDIE = new Set([
  'indie',
  'инди',
  '独立',
  '獨立製作',
  'インディー',
  '인디',
  'indépendant',
  'niezależne',
  'інді',
  'อินดี้',
])

/** The store's genre decides; players' tags only where a source has no genres. */
function classifyIndie({ genres, tags }: Labels): boolean | undefined {
  const labels = genres.length > 0 ? genres : tags.map((tag) => tag.name)
  return labels.length > 0 ? labels.some((label) => INDIE.has(label.toLowerCase())) : undefined
}

const ADULT_AGE = 18

function classifyMature({ genres, tags, requiredAge }: Labels): boolean | undefined {
  if (requiredAge !== undefined && requiredAge >= ADULT_AGE) return true
  const labels = [...genres, ...tags.map((tag) => tag.name)]
  return labels.length > 0 ? labels.some((label) => ADULT_LABELS.has(label.toLowerCase())) : undefined
}

const TYPES: ReadonlyMap<string, GameType> = new Map(
  Object.entries({
    game: 'game',
    dlc: 'dlc',
    demo: 'demo',
    music: 'soundtrack',
    soundtrack: 'soundtrack',
    tool: 'tool',
    application: 'tool',
    software: 'tool',
    video: 'video',
    movie: 'video',
    series: 'video',
    episode: 'video',
  } as const),
)

/** Genres that Steam gives to programs; it calls them games all the same. */
const SOFTWARE = new Set([
  'Accounting',
  'Animation & Modeling',
  'Audio Production',
  'Design & Illustration',
  'Game Development',
  'Photo Editing',
  'Software',
  'Software Training',
  'Utilities',
  'Video Production',
  'Web Publishing',
])

/** As tags these two mean the same; the others are players' jokes as often as not. */
const SOFTWARE_TAGS = new Set(['Software', 'Utilities'])

/** Files call nearly everything a game, so names, categories and genres have their say too. */
function classifyType(labels: Labels): GameType | undefined {
  const stated = parseType(labels.type)
  return stated === undefined || stated === 'game' ? (hintedType(labels) ?? stated) : stated
}

function parseType(word: string | undefined): GameType | undefined {
  return word === undefined || word === '' ? undefined : (TYPES.get(word.toLowerCase()) ?? 'other')
}

function hintedType({ name, type, page, genres, categories, tags }: Labels): GameType | undefined {
  if (categories.includes('Downloadable Content')) return 'dlc'
  if (page?.hasParent || categories.includes('Game demo')) return 'demo'
  const named = typeByName(name, { isSteamsGame: page !== undefined && parseType(type) === 'game' })
  if (named !== undefined) return named
  const isTool =
    genres.length > 0
      ? genres.some((genre) => SOFTWARE.has(genre))
      : tags.some((tag) => SOFTWARE_TAGS.has(tag.name))
  return isTool ? 'tool' : undefined
}
