import { hash } from '../../model/hash.ts'
import { candidateColumns } from '../../model/reranker/choose-candidates.ts'
import { FEATURES, featuresOf, type Knowledge } from '../../model/reranker/features.ts'
import { SPEAKING, tellSpeaking } from '../../model/reranker/speaking.ts'
import { type Values, valueAt } from '../values.ts'
import { type CountedPlayer, type Solution, withoutPlayer } from './leave-one-out.ts'

/** A training player's library with some played indie games hidden, which are to be found. */
export type HiddenCase = {
  /** Places in the player's rows of the games that are left, ascending. */
  readonly input: Int32Array
  /** Columns that are to be found. */
  readonly targets: Int32Array
  /** Columns that are neither right nor wrong. */
  readonly masked: Int32Array
}

export type ToldPlayer = CountedPlayer & {
  /** Beside `rows`. */
  readonly minutes: Int32Array
  readonly cases: readonly HiddenCase[]
}

/** Of each case so many candidates at most are told; those that are no targets are drawn by chance. */
export const TOLD_EACH = 80

/** Where the features of all cases are written, `TOLD_EACH` places a case. Threads share it. */
export type ToldTable = {
  readonly features: Float32Array
  readonly isTarget: Uint8Array
  /** How many candidates of each case are told. */
  readonly counts: Int32Array
  /** How many candidates that are no targets each told one stands for. */
  readonly stands: Float32Array
}

export function createToldTable(cases: number): ToldTable {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes)
  return {
    features: new Float32Array(shared(4 * cases * TOLD_EACH * FEATURES.length)),
    isTarget: new Uint8Array(shared(cases * TOLD_EACH)),
    counts: new Int32Array(shared(4 * cases)),
    stands: new Float32Array(shared(4 * cases)),
  }
}

/** Some players' cases, written to the table from the place `first` on. */
export type TellCases = {
  readonly solution: Solution
  /** What a library's games count when it is scored. */
  readonly input: Values
  readonly knowledge: Knowledge
  readonly players: readonly ToldPlayer[]
  readonly table: ToldTable
  readonly first: number
}

export function tellCases({ solution, input, knowledge, players, table, first }: TellCases): void {
  let place = first
  for (const player of players) {
    const { rows, minutes, cases } = player
    const isOwn = ownTargets(solution, rows)
    const links = withoutPlayer(solution, player, targetsWithout(solution, knowledge, isOwn))
    const values = Float64Array.from(minutes, (time) => valueAt(input, time, 1))
    const of = { knowledge, player, isOwn, links, values }
    for (const each of cases) tellCase(of, each, table, place++)
  }
}

function ownTargets({ targets }: Solution, rows: Int32Array): Uint8Array {
  const own = new Set(rows)
  return Uint8Array.from(targets, (row) => Number(own.has(row)))
}

/** What a target's column is multiplied by goes by a power of its owners, of whom the player is none. */
function targetsWithout({ scale, targets }: Solution, { common }: Knowledge, isOwn: Uint8Array) {
  return (column: number) => {
    const whole = scale.target[targets[column] as number] as number
    const owners = common.targets[column] as number
    if (isOwn[column] === 0 || owners < 3) return whole
    return whole ** (Math.log(owners - 1) / Math.log(owners))
  }
}

type Told = {
  readonly knowledge: Knowledge
  readonly player: ToldPlayer
  readonly isOwn: Uint8Array
  /** B without the player: their games × targets. */
  readonly links: Float32Array
  /** What each of the player's games counts. */
  readonly values: Float64Array
}

function tellCase(told: Told, each: HiddenCase, table: ToldTable, place: number): void {
  const { knowledge, player, isOwn } = told
  const pick = (values: Int32Array) => Int32Array.from(each.input, (at) => values[at] as number)
  const library = { rows: pick(player.rows), minutes: pick(player.minutes) }
  const scores = scoresOf(told, each)
  const open = openColumns(knowledge, library.rows, each.masked)
  const columns = candidateColumns(knowledge, library, scores, open, isOwn)
  const features = featuresOf(
    knowledge,
    library,
    {
      columns,
      scores: Float64Array.from(columns, (column) => scores[column] as number),
      speaking: speakingOf(told, each, columns),
    },
    isOwn,
  )
  write(table, place, features, columns, new Set(each.targets))
}

function scoresOf({ links, values, isOwn }: Told, { input }: HiddenCase): Float64Array {
  const count = isOwn.length
  const scores = new Float64Array(count)
  for (const at of input) {
    const value = values[at] as number
    const from = at * count
    for (let j = 0; j < count; j++) scores[j] = (scores[j] as number) + value * (links[from + j] as number)
  }
  return scores
}

function openColumns({ rows, common }: Knowledge, input: Int32Array, masked: Int32Array): Int32Array {
  const isOwned = new Uint8Array(common.owners.length)
  for (const row of input) isOwned[row] = 1
  const isMasked = new Uint8Array(rows.length)
  for (const column of masked) isMasked[column] = 1
  return rows
    .map((row, column) => (isOwned[row] === 1 || isMasked[column] === 1 ? -1 : column))
    .filter((column) => column >= 0)
}

function speakingOf(
  { links, values, isOwn, player }: Told,
  { input }: HiddenCase,
  columns: Int32Array,
): Float32Array {
  const isPlayed = Uint8Array.from(input, (at) => Number((player.minutes[at] as number) > 0))
  const speaking = new Float32Array(columns.length * SPEAKING.length)
  const count = input.length
  const contributions = new Float64Array(columns.length * count)
  // The links of one game lie together: column by column, each would be fetched from far away.
  for (let i = 0; i < count; i++) {
    const at = input[i] as number
    for (let place = 0; place < columns.length; place++) {
      const link = links[at * isOwn.length + (columns[place] as number)] as number
      contributions[place * count + i] = (values[at] as number) * link
    }
  }
  for (let place = 0; place < columns.length; place++) {
    const own = contributions.subarray(place * count, (place + 1) * count)
    tellSpeaking(own, isPlayed, speaking, place * SPEAKING.length)
  }
  return speaking
}

/** All targets, and as many others as there is room for. */
function write(
  { features, isTarget, counts, stands }: ToldTable,
  place: number,
  own: Float32Array,
  columns: Int32Array,
  targets: ReadonlySet<number>,
): void {
  const order = (at: number) => hash(place, columns[at] as number)
  const places = [...columns.keys()]
  const found = places.filter((at) => targets.has(columns[at] as number)).slice(0, TOLD_EACH / 2)
  const others = places
    .filter((at) => !targets.has(columns[at] as number))
    .sort((a, b) => order(a) - order(b))
  const told = [...found, ...others.slice(0, TOLD_EACH - found.length)]
  const from = place * TOLD_EACH
  for (const [i, at] of told.entries()) {
    const row = own.subarray(at * FEATURES.length, (at + 1) * FEATURES.length)
    features.set(row, (from + i) * FEATURES.length)
    isTarget[from + i] = Number(i < found.length)
  }
  counts[place] = told.length
  stands[place] = others.length / Math.max(1, told.length - found.length)
}
