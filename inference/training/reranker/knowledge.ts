import type { GameLabels } from '../../../core/catalogue/game-labels.ts'
import type { Knowledge } from '../../model/reranker/features.ts'
import type { Plays } from '../plays.ts'
import type { Threads } from '../threads/threads.ts'
import { countCommonOwners } from './count-common-owners.ts'
import { gameFacts } from './count-facts.ts'
import { labelVectors } from './weigh-labels.ts'

/** Of each game so many others are remembered that its owners own; with all of them the re-ranker is no better. */
const KEPT = 300

/** What the re-ranker is to know of games; `labels` runs beside the vocabulary, `rows` are those of the targets. */
export async function knowledgeOf(
  plays: Plays,
  labels: readonly GameLabels[],
  rows: Int32Array,
  threads: Threads,
): Promise<Knowledge> {
  return {
    rows,
    facts: gameFacts(plays, labels, rows),
    tags: labelVectors(labels, ['tag', 'genre']),
    makers: labelVectors(labels, ['developer', 'publisher']),
    common: await countCommonOwners(plays, rows, KEPT, threads),
  }
}
