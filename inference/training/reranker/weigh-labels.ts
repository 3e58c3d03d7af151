import type { GameLabels, LabelSource } from '../../../core/catalogue/game-labels.ts'
import type { LabelVectors } from '../../model/reranker/label-vectors.ts'
import { labelRows } from '../labels.ts'

/** Rare labels weigh more than those of thousands of games. */
export function labelVectors(games: readonly GameLabels[], sources: readonly LabelSource[]): LabelVectors {
  const { offsets, rows, values } = labelRows(games, sources)
  const own = games.map((): { label: number; weight: number }[] => [])
  for (let label = 0; label + 1 < offsets.length; label++) {
    for (let at = offsets[label] ?? 0; at < (offsets[label + 1] ?? 0); at++) {
      own[rows[at] ?? 0]?.push({ label, weight: Number((values[at] ?? 0).toFixed(4)) })
    }
  }
  let end = 0
  return {
    offsets: [0, ...own.map((labels) => (end += labels.length))],
    labels: own.flat().map(({ label }) => label),
    weights: own.flat().map(({ weight }) => weight),
    count: offsets.length - 1,
  }
}
