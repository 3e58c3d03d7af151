import type { Evaluation } from '../../inference/evaluation/evaluate.ts'
import type { EvaluationRow } from '../../inference/evaluation/measure.ts'

const HEAD = ['', 'P@10', 'R@20', 'R@50', 'NDCG@100', 'coverage@10', 'median popularity']

/** The table that `npm run evaluate` prints; the formulas stand in its help. */
export function renderEvaluation(evaluation: Evaluation, synthetic: boolean, against = 'EASE'): string {
  return [
    ...(synthetic ? ['The players are made up, so these figures say nothing about real ones.'] : []),
    `${evaluation.testPlayers} test players, ${evaluation.trainingPlayers} training players, ${evaluation.games} games (${evaluation.indieGames} indie)`,
    `ceiling of P@10: ${share(evaluation.ceiling10)}; ± is one standard error, […] a paired 95 % interval; formulas: --help`,
    '',
    ...table([[...HEAD, `NDCG@100 against ${against}`], ...evaluation.rows.map(cells)]),
    '',
  ].join('\n')
}

function cells(row: EvaluationRow): string[] {
  const figures = (['precision10', 'recall20', 'recall50', 'ndcg100'] as const).map(
    (figure) => `${share(row[figure])} ± ${share(row.errors[figure])}`,
  )
  return [row.method, ...figures, share(row.coverage10), String(row.medianPopularity), gain(row)]
}

/** +.023 [+.012, +.034]; empty for a method that is held against none. */
function gain({ gain }: EvaluationRow): string {
  if (!gain) return ''
  return `${signed(gain.mean)} [${signed(gain.low)}, ${signed(gain.high)}]`
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${share(Math.abs(value))}`
}

/** Lines of equal length: the first column to the left, all others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
}

/** Three digits, without the zero before the point. */
export function share(value: number): string {
  return value.toFixed(3).replace(/^0/, '')
}
