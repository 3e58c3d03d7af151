import { runGraph } from '../../runtime/graph-run.ts'
import type { GraphTask } from '../../solver/inverse-tasks.ts'
import { type CountRows, countRows } from '../gram/gram-rows.ts'
import { type CountCommon, countCommon } from '../reranker/count-common.ts'
import { type TellCases, tellCases } from '../reranker/told-cases.ts'
import { type WeighTile, weighTile } from '../weights.ts'
import { type CheckColumn, checkColumn } from './check-column.ts'

/** A piece of training that any thread can do. Whatever it reads and writes lies in memory that all of them share. */
export type ThreadTask =
  | ({ readonly kind: 'count' } & CountRows)
  | GraphTask
  | ({ readonly kind: 'check' } & CheckColumn)
  | ({ readonly kind: 'weigh' } & WeighTile)
  | ({ readonly kind: 'common' } & CountCommon)
  | ({ readonly kind: 'tell' } & TellCases)

export async function perform(task: ThreadTask): Promise<void> {
  switch (task.kind) {
    case 'count':
      return countRows(task)
    case 'run':
      return runGraph(task, 'cpu')
    case 'check':
      return checkColumn(task)
    case 'weigh':
      return weighTile(task)
    case 'common':
      return countCommon(task)
    case 'tell':
      return tellCases(task)
  }
}
