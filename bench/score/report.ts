import { machine } from '../train/report.ts'
import type { Numpy } from './peers.ts'
import type { Cell } from './scoring.ts'
import type { Swap } from './starting.ts'

export type Report = {
  readonly games: number
  readonly targets: number
  readonly cells: readonly Cell[]
  readonly numpy: Numpy | undefined
  /** Seconds for one player in the seed's way. */
  readonly refit: number | undefined
  readonly start: { readonly seconds: number; readonly bytes: number }
  readonly swap: Swap
}

const HEADING = [
  'games',
  'clients',
  'batching',
  'p50 ms',
  'p99 ms',
  'a second',
  'away',
  'together',
  'run ms',
  'HTTP',
  'worker',
  'client',
]

/** The report for people, as Markdown. */
export function tablesOf(report: Report): string {
  const { games, targets, cells, numpy, refit, start, swap } = report
  const rows = cells.map((cell) => [
    `${cell.owned}`,
    `${cell.clients}`,
    cell.batching ? 'on' : 'off',
    ...[cell.p50, cell.p99].map((ms) => ms.toFixed(2)),
    cell.perSecond.toFixed(0),
    `${cell.turnedAway}`,
    cell.together.toFixed(1),
    cell.run.toFixed(2),
    cell.clients === 1 ? `${(httpShare(cell) * 100).toFixed(0)} %` : '',
    ...[cell.workerCpu, cell.clientCpu].map((ms) => ms.toFixed(2)),
  ])
  return [
    `${games} games, ${targets} targets, random weights; ${machine()}`,
    '',
    table(HEADING, rows),
    '',
    'away: turned away with 503; together: libraries in one run of the model; run: its time for one of them; HTTP: the part of',
    'p50 that is no run; worker, client: milliseconds of processor time for each request.',
    '',
    numpy ? numpyTable(numpy) : 'without numpy, since it is not installed: only ours was timed',
    refit === undefined
      ? ''
      : `the seed's way (append the player, refit, predict), by LAPACK: ${refit.toFixed(1)} s`,
    `worker ready ${start.seconds.toFixed(2)} s after its start, on ${(start.bytes / 1e6).toFixed(0)} MB of weights`,
    `longest request: ${swap.without.toFixed(1)} ms without a swap of versions, ${swap.during.toFixed(1)} ms with one`,
  ].join('\n')
}

function httpShare({ p50, run }: Cell): number {
  return Math.max(0, 1 - run / p50)
}

function numpyTable({ rows, dense }: Numpy): string {
  const cells = Object.entries(rows).map(([owned, [p50, p99]]) => [owned, p50.toFixed(2), p99.toFixed(2)])
  const last = ['dense x·B', ...dense.map((ms) => ms.toFixed(2))]
  return table(['numpy, in process', 'p50 ms', 'p99 ms'], [...cells, last])
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heading), line(heading.map(() => '---:')), ...rows.map(line)].join('\n')
}
