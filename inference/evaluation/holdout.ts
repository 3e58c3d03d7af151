import { hash } from '../model/hash.ts'
import { ownersOf, type Plays } from '../training/plays.ts'
import type { Recipe } from '../training/variants.ts'
import { type Evaluation, evaluationOf } from './evaluate.ts'
import { type EvaluationTask, type Ground, testGround, withWeights } from './evaluation-data.ts'
import { type Measured, measure } from './measure.ts'
import { byWeights, type Score } from './scoring.ts'
import { type Case, cut } from './split.ts'

const HIDDEN = 0.1
const SEED = 3
const MIN_OWNED = 21

/**
 * A tenth of the games is hidden from training as if it were new: what is left of it are its labels. The hidden games that a
 * held-out player has played are to be found among all indie games that are not in the rest of the library, and then among
 * the hidden ones alone, which is what the new place of an answer asks for.
 */
export async function holdoutEvaluation(
  task: EvaluationTask & { readonly recipe: Recipe },
): Promise<Evaluation> {
  const ground = hide(await testGround(task), task.indie)
  const among = [
    { words: 'among all', ground },
    { words: 'among the hidden', ground: { ...ground, indieRows: hiddenAmong(ground) } },
  ]
  const measureAll = (name: string, score: Score, against: readonly (Measured | undefined)[] = []) =>
    among.map(({ words, ground }, at) => measure(`${words}: ${name}`, ground, score, against[at]))
  const popular = labelPopularity(ground)
  const random = measureAll('at random', atRandom(ground.plays.vocabulary))
  const tags = measureAll('popularity of its tags', () => popular)
  const model = await withWeights(ground, { name: 'hidden', recipe: task.recipe }, task, (weights) =>
    measureAll('the serving model', byWeights(weights, ground.plays, task.recipe), tags),
  )
  const rows = among.flatMap((_, at) => [random[at], tags[at], model[at]].flatMap((row) => row ?? []))
  return evaluationOf(ground, rows)
}

/** The hidden games are those that nobody owns any more. */
function hiddenAmong({ indieRows, owners }: Ground): Int32Array {
  return indieRows.filter((row) => owners[row] === 0)
}

function atRandom(vocabulary: Int32Array): Score {
  return ({ input }) => {
    const seed = hash(SEED, input[0] ?? 0) ^ input.length
    return Float64Array.from(vocabulary, (game) => hash(seed, game))
  }
}

/** The same ground with games hidden, and with the players who have played an indie game among them. */
export function hide(ground: Ground, indie: ReadonlySet<number>): Ground {
  const { vocabulary } = ground.plays
  const hidden = Uint8Array.from(vocabulary, (game) => Number(hash(SEED, game) < HIDDEN * 2 ** 32))
  const plays = without(ground.plays, hidden)
  const sought = Uint8Array.from(vocabulary, (game, row) => Number(hidden[row] === 1 && indie.has(game)))
  return { ...ground, plays, owners: ownersOf(plays), cases: cutHidden(ground.heldOut, hidden, sought) }
}

/** Plays of the same players and vocabulary, in which nobody owns these games. */
function without(plays: Plays, games: Uint8Array): Plays {
  const kept = (_: number, at: number) => games[plays.rows[at] ?? 0] === 0
  const offsets = new Uint32Array(plays.offsets.length)
  for (let player = 0; player + 1 < offsets.length; player++) {
    const own = plays.rows.subarray(plays.offsets[player], plays.offsets[player + 1])
    offsets[player + 1] = (offsets[player] ?? 0) + own.filter((row) => games[row] === 0).length
  }
  return { ...plays, offsets, rows: plays.rows.filter(kept), minutes: plays.minutes.filter(kept) }
}

function cutHidden({ offsets, rows, minutes }: Plays, hidden: Uint8Array, sought: Uint8Array): Case[] {
  return Array.from({ length: offsets.length - 1 }, (_, player) => {
    const own = rows.subarray(offsets[player], offsets[player + 1])
    const times = minutes.subarray(offsets[player], offsets[player + 1])
    const targets = own.filter((row, at) => sought[row] === 1 && (times[at] ?? 0) > 0)
    if (own.length < MIN_OWNED || targets.length === 0) return []
    const { input, minutes: played } = cut(own, times, new Set(own.filter((row) => hidden[row] === 1)))
    return [{ input, minutes: played, targets: new Set(targets) }]
  }).flat()
}

/** For each game the mean number of owners of the games that share a tag with it, over its tags. */
function labelPopularity({ labels, owners }: Ground): Float64Array {
  const sums = new Map<string, { owners: number; games: number }>()
  for (const [row, { tag = [] }] of labels.entries()) {
    for (const name of tag) {
      const sum = sums.get(name) ?? { owners: 0, games: 0 }
      sums.set(name, { owners: sum.owners + (owners[row] ?? 0), games: sum.games + 1 })
    }
  }
  return Float64Array.from(labels, ({ tag = [] }) => {
    const means = tag.map((name) => (sums.get(name)?.owners ?? 0) / (sums.get(name)?.games ?? 1))
    return means.reduce((sum, mean) => sum + mean, 0) / Math.max(1, means.length)
  })
}
