import type { Evaluation, EvaluationRow } from '../../inference/evaluate.ts'

const HEAD = ['', 'P@10', 'R@20', 'R@50', 'NDCG@100', 'coverage@10', 'median popularity']

/** The table that `npm run evaluate` prints; the formulas stand in its help. */
export function renderEvaluation(evaluation: Evaluation, synthetic: boolean): string {
  const rows = [HEAD, ...evaluation.rows.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    ),
  )
  return [
    ...(synthetic ? ['The players are synthetic: these figures say nothing about real ones.'] : []),
    `${evaluation.testPlayers} test players, ${evaluation.trainingPlayers} training players, ${evaluation.games} games (${evaluation.indieGames} indie)`,
    `ceiling of P@10: ${share(evaluation.ceiling10)}; ± is one standard error; formulas: --help`,
    '',
    ...lines.map((line) => line.join('  ')),
    '',
  ].join('\n')
}

function cells(row: EvaluationRow): string[] {
  const figures = (['precision10', 'recall20', 'recall50', 'ndcg100'] as const).map(
    (figure) => `${share(row[figure])} ± ${share(row.errors[figure])}`,
  )
  return [row.method, ...figures, share(row.coverage10), String(row.medianPopularity)]
}

/** Three digits, without the zero before the point. */
export function share(value: number): string {
  return value.toFixed(3).replace(/^0/, '')
}
