import { type CommonOwners, liftsOf } from './common-owners.ts'
import { FACTS, type Fact, FEW_OWNERS, type GameFacts } from './game-facts.ts'
import { type LabelVectors, likenessTo, profileOf } from './label-vectors.ts'
import { SPEAKING } from './speaking.ts'

/** All that the re-ranker knows of games: rows are those of the vocabulary, columns those of the targets. */
export type Knowledge = {
  /** Row of each column. */
  readonly rows: Int32Array
  /** Beside the columns. */
  readonly facts: GameFacts
  /** Tags and genres, beside the rows. */
  readonly tags: LabelVectors
  /** Developers and publishers, beside the rows. */
  readonly makers: LabelVectors
  readonly common: CommonOwners
}

/** The games of a library that count, by their rows. */
export type RankedLibrary = {
  readonly rows: Int32Array
  /** Beside `rows`. */
  readonly minutes: ArrayLike<number>
}

/** What the first stage says of some targets. */
export type Candidates = {
  readonly columns: ArrayLike<number>
  /** x · B */
  readonly scores: ArrayLike<number>
  /** `SPEAKING`, one candidate after another. */
  readonly speaking: ArrayLike<number>
}

const THIN_GAMES = 20

/** By which a value is put on a scale: ln(max(0, value) + c), or the value itself. */
const log = (offset: number) => (value: number) => Math.log(Math.max(0, value) + offset)
const SMALL = log(0.001)
const COUNT = log(1)
const asIs = (value: number) => value

const OF_FACTS: Readonly<Record<Fact, (value: number) => number>> = {
  owners: COUNT,
  players: COUNT,
  'share of owners who played': asIs,
  'time played': asIs,
  reviews: COUNT,
  'share of positive reviews': asIs,
  price: COUNT,
  'full price': COUNT,
  'year of release': asIs,
  'owners per review': SMALL,
  'share of the library': SMALL,
  "size of the owners' libraries": asIs,
  'share played by its players': asIs,
}

/** What the re-ranker is told of each candidate, by what it comes from. */
export const FEATURE_GROUPS = {
  score: ['score', 'place', 'share of the best score'],
  unraised: ['unraised score', 'unraised place', 'share of the best unraised score'],
  speaking: ['most', 'most 5', 'most 20', 'against', 'audible', 'most played', 'played'],
  'common owners': ['mean lift', 'greatest lift'],
  likeness: ['likeness of tags', 'same makers'],
  facts: FACTS,
} as const

export const FEATURES: readonly string[] = Object.values(FEATURE_GROUPS).flat()

/**
 * The features of all candidates, one candidate after another; NaN where something is not known. Places and the best score
 * are among the candidates that players vouch for. `isOwn`: see `liftsOf`.
 */
export function featuresOf(
  knowledge: Knowledge,
  library: RankedLibrary,
  candidates: Candidates,
  isOwn?: ArrayLike<number>,
): Float32Array {
  const { columns, scores, speaking } = candidates
  const known = isKnown(knowledge)
  const unraised = Float64Array.from(columns, (_, at) => speaking[at * SPEAKING.length] as number)
  const count = columns.length
  const table = new Float32Array(count * FEATURES.length)
  let feature = 0
  const write = (value: (at: number) => number) => {
    for (let at = 0; at < count; at++) table[at * FEATURES.length + feature] = value(at)
    feature++
  }
  for (const values of [scores, unraised]) {
    const places = placesOf(values, columns, known)
    const best = Math.max(
      1e-6,
      ...Array.from(columns, (column, at) => (known(column) ? (values[at] ?? 0) : 0)),
    )
    write((at) => SMALL(values[at] as number))
    write((at) => COUNT(places[at] as number))
    write((at) => Math.max(0, values[at] as number) / best)
  }
  const heard = (at: number, name: (typeof SPEAKING)[number]) =>
    speaking[at * SPEAKING.length + SPEAKING.indexOf(name)] as number
  write((at) => SMALL(heard(at, 'most')))
  write((at) => SMALL(heard(at, 'most 5')))
  write((at) => SMALL(heard(at, 'most 20')))
  write((at) => SMALL(-heard(at, 'against')))
  write((at) => COUNT(heard(at, 'audible')))
  write((at) => SMALL(heard(at, 'most played')))
  write((at) => SMALL(heard(at, 'played')))
  const lifts = liftsOf(knowledge.common, playedRows(library), columns, isOwn)
  const lift = (values: Float64Array) => (at: number) =>
    known(columns[at] as number) ? (values[at] as number) : Number.NaN
  write(lift(lifts.mean))
  write(lift(lifts.most))
  const { rows } = knowledge
  const taste = tasteFor(knowledge.tags, library, (minutes) => 1 + Math.log1p(minutes / 60), 0.3)
  const makers = tasteFor(knowledge.makers, library, () => 1, 0.5)
  write((at) => SMALL(likenessTo(taste, knowledge.tags, rows[columns[at] as number] as number)))
  write((at) => SMALL(likenessTo(makers, knowledge.makers, rows[columns[at] as number] as number)))
  const facts = scaledFacts(knowledge.facts)
  for (let fact = 0; fact < FACTS.length; fact++) {
    write((at) => facts[(columns[at] as number) * FACTS.length + fact] as number)
  }
  return table
}

const scaled = new WeakMap<GameFacts, Float32Array>()

/** All facts of one game after another, put on their scales once. */
function scaledFacts(facts: GameFacts): Float32Array {
  const known = scaled.get(facts)
  if (known) return known
  const values = new Float32Array(facts.owners.length * FACTS.length)
  for (const [place, fact] of FACTS.entries()) {
    for (const [column, value] of facts[fact].entries()) {
      values[column * FACTS.length + place] = OF_FACTS[fact](value)
    }
  }
  scaled.set(facts, values)
  return values
}

/** Whether players vouch for a target. */
function isKnown({ common }: Knowledge): (column: number) => boolean {
  return (column) => (common.targets[column] as number) >= FEW_OWNERS
}

/** How many known candidates stand before each, by score. */
function placesOf(
  values: ArrayLike<number>,
  columns: ArrayLike<number>,
  known: (column: number) => boolean,
): Float64Array {
  const places = new Float64Array(columns.length)
  const order = Array.from(columns, (_, at) => at).sort(
    (a, b) =>
      (values[b] as number) - (values[a] as number) || (columns[a] as number) - (columns[b] as number),
  )
  let place = 0
  for (const at of order) {
    places[at] = place
    if (known(columns[at] as number)) place++
  }
  return places
}

/** So few games say too little for the first stage alone: what their owners own besides is looked at too. */
export function isThin({ rows }: RankedLibrary): boolean {
  return rows.length <= THIN_GAMES
}

/** The played ones; all where none was. */
export function playedRows({ rows, minutes }: RankedLibrary): Int32Array {
  const played = rows.filter((_, at) => (minutes[at] as number) > 0)
  return played.length > 0 ? played : rows
}

function tasteFor(
  vectors: LabelVectors,
  { rows, minutes }: RankedLibrary,
  played: (minutes: number) => number,
  owned: number,
): Float64Array {
  return profileOf(vectors, rows, (at) => {
    const time = minutes[at] as number
    return time > 0 ? played(time) : owned
  })
}
