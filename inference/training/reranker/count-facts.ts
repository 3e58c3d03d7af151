import type { GameLabels } from '../../../core/catalogue/game-labels.ts'
import { FEW_OWNERS, type GameFacts } from '../../model/reranker/game-facts.ts'
import { ownersOf, type Plays } from '../plays.ts'

/** Facts of the games in these rows of the vocabulary; `labels` runs beside the vocabulary. */
export function gameFacts(plays: Plays, labels: readonly GameLabels[], rows: Int32Array): GameFacts {
  const counted = countPlays(plays)
  const ofOwners = (value: (row: number) => number) =>
    Float64Array.from(rows, (row) =>
      (counted.owners[row] ?? 0) < FEW_OWNERS ? Number.NaN : rounded(value(row)),
    )
  const ofStore = (value: (store: NonNullable<GameLabels['store']>) => number | undefined) =>
    Float64Array.from(rows, (row) => rounded(value(labels[row]?.store ?? {})))
  const { owners, players, hours, shares, sizes, played } = counted
  const perOwner = (sums: Float64Array) => (row: number) => (sums[row] ?? 0) / (owners[row] ?? 1)
  return {
    owners: ofOwners((row) => owners[row] ?? 0),
    players: ofOwners((row) => players[row] ?? 0),
    'share of owners who played': ofOwners((row) => ((players[row] ?? 0) + 2) / ((owners[row] ?? 0) + 5)),
    'time played': ofOwners(perOwner(hours)),
    reviews: ofStore(({ reviews }) => reviews),
    'share of positive reviews': ofStore(({ reviews, positive }) =>
      reviews === undefined || positive === undefined ? undefined : (positive + 20) / (reviews + 25),
    ),
    price: ofStore(({ price }) => price),
    'full price': ofStore(({ fullPrice }) => fullPrice),
    'year of release': ofStore(({ released }) => released),
    'owners per review': ofOwners(
      (row) => (owners[row] ?? 0) / ((labels[row]?.store?.reviews ?? Number.NaN) + 100),
    ),
    'share of the library': ofOwners(perOwner(shares)),
    "size of the owners' libraries": ofOwners(perOwner(sizes)),
    'share played by its players': ofOwners((row) => (played[row] ?? 0) / Math.max(1, players[row] ?? 0)),
  }
}

/** The same six digits for training and for the file. */
function rounded(value = Number.NaN): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : Number.NaN
}

/** Sums over the owners of each game; `played` over those who played it. */
function countPlays(plays: Plays) {
  const { vocabulary, offsets, rows, minutes } = plays
  const sums = () => new Float64Array(vocabulary.length)
  const [players, hours, shares, sizes, played] = [sums(), sums(), sums(), sums(), sums()]
  for (let player = 0; player + 1 < offsets.length; player++) {
    const [from, to] = [offsets[player] ?? 0, offsets[player + 1] ?? 0]
    const share = minutes.subarray(from, to).filter((time) => time > 0).length / Math.max(1, to - from)
    for (let at = from; at < to; at++) {
      const row = rows[at] as number
      const time = minutes[at] as number
      add(hours, row, Math.log1p(time / 60))
      add(shares, row, 1 / (to - from))
      add(sizes, row, Math.log(to - from))
      if (time === 0) continue
      add(players, row, 1)
      add(played, row, share)
    }
  }
  return { owners: ownersOf(plays), players, hours, shares, sizes, played }
}

function add(sums: Float64Array, row: number, value: number): void {
  sums[row] = (sums[row] ?? 0) + value
}
