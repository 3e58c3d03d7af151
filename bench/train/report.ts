import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import type { Measured, Seconds } from './programs.ts'

export type Programs = { readonly ours: Measured; readonly lapack?: Measured; readonly inv?: Measured }

const PARTS = ['load', 'gram', 'solve', 'predict', 'checks', 'total'] as const

/** The middle of several rounds, each figure for itself. */
export function middleOf(rounds: readonly Measured[]): Measured | undefined {
  const [first] = rounds
  if (first === undefined) return undefined
  const median = (of: (round: Measured) => number) =>
    rounds.map(of).sort((a, b) => a - b)[rounds.length >> 1] ?? 0
  const parts = PARTS.filter((part) => first.seconds[part] !== undefined)
  const seconds = Object.fromEntries(parts.map((part) => [part, median((round) => round.seconds[part] ?? 0)]))
  return {
    ...first,
    seconds: { ...first.seconds, ...seconds },
    peakBytes: median((round) => round.peakBytes),
  }
}

/** One object for machines. Ratios are ours / the other's. */
export function summarise({ ours, lapack, inv }: Programs) {
  const named = { ours, ...(lapack && { lapack }), ...(inv && { inv }) }
  const each = <T>(of: (measured: Measured) => T) =>
    Object.fromEntries(Object.entries(named).map(([name, measured]) => [name, of(measured)]))
  return {
    seconds: each(({ seconds: { checks: _, ...parts } }) =>
      Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, round(value)])),
    ),
    peak_gb: each(({ peakBytes }) => round(peakBytes / 1e9)),
    ratio: {
      total_lapack: ratio(ours, lapack, 'total'),
      total_inv: ratio(ours, inv, 'total'),
      gram_scipy: ratio(ours, lapack, 'gram'),
      solve_lapack: ratio(ours, lapack, 'solve'),
      peak_matrix: round(ours.peakBytes / (ours.games * ours.games * Float32Array.BYTES_PER_ELEMENT)),
    },
  }
}

function ratio(ours: Measured, other: Measured | undefined, part: keyof Seconds): number | undefined {
  const [mine, others] = [ours.seconds[part], other?.seconds[part]]
  return mine !== undefined && others !== undefined ? round(mine / others) : undefined
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** The same for people. */
export function tableOf({ ours, lapack, inv }: Programs): string {
  const columns = [ours, lapack, inv]
  const heading = ['', 'ours', 'lapack', 'inv', 'ours/lapack', 'ours/inv']
  const rows = PARTS.map((part) => [
    part,
    ...columns.map((each) => each?.seconds[part]?.toFixed(2)),
    ...[lapack, inv].map((each) => ratio(ours, each, part)?.toFixed(2)),
  ])
  const memory = ['peak GB', ...columns.map((each) => each && (each.peakBytes / 1e9).toFixed(2))]
  const same = [lapack, inv].every((each) => each === undefined || String(each.top) === String(ours.top))
  return [
    `${ours.pairs} pairs, ${ours.games} games; ${machine()}; seconds`,
    ...[heading, ...rows, memory].map(line),
    ...(ours.solvedIn ? [`ours: ${ours.solvedIn}`] : []),
    `peak memory / matrix: ${summarise({ ours }).ratio.peak_matrix}`,
    ...(lapack ? [`the first player's ten best games: ${same ? 'the same' : 'NOT the same'}`] : []),
  ].join('\n')
}

function line(cells: readonly (string | number | undefined)[]): string {
  return cells
    .map((cell, at) =>
      String(cell ?? '')
        .padStart(at === 0 ? 0 : 12)
        .padEnd(at === 0 ? 8 : 0),
    )
    .join('')
}

export function machine(): string {
  const memory = (totalmem() / 1e9).toFixed(0)
  return `${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${memory} GB, load ${loadavg()[0]?.toFixed(1)}`
}
