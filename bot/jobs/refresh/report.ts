import type { Chart, ChartRow } from '../../../core/chart.ts'
import type { Data, Figures, PhaseTime, Refresh, RefreshState } from '../../../core/training/refresh.ts'
import type { OperatorReport } from '../../platform/operator-report.ts'

/** A share, before and now. */
type FigureLine = {
  readonly name: string
  readonly before: number | undefined
  readonly now: number
}

const MOODS: Readonly<Record<RefreshState, OperatorReport['mood']>> = {
  running: 'neutral',
  promoted: 'good',
  unchanged: 'neutral',
  refused: 'bad',
  failed: 'bad',
  abandoned: 'bad',
  'rolled-back': 'neutral',
}

export function reportOf(refresh: Refresh): OperatorReport {
  const { state, findings } = refresh
  const title = titleOf(refresh)
  const figures = figuresOf(findings.before, findings.after)
  return {
    mood: MOODS[state],
    title,
    changes: changesOf(refresh),
    chart: chartOf(title, figures),
    bars: barsOf(figures),
    data: findings.data ? dataLines(findings.data, findings.dataBefore) : [],
    times: (findings.phases ?? []).map(timeLine),
  }
}

function titleOf({ kind, state, version, served, findings }: Refresh): string {
  if (state === 'rolled-back')
    return `Rolled back: version ${findings.withdrawn?.version ?? served} is out of service`
  if (state === 'promoted') return `Version ${version} is served`
  if (state === 'unchanged') return 'Nothing new to learn'
  const kept = served === undefined ? 'no model is served' : `version ${served} stays`
  if (state === 'refused') return `Candidate refused: ${kept}`
  return `${kind === 'rollback' ? 'Rollback' : 'Refresh'} ${state}: ${kept}`
}

function changesOf({ state, version, served, reason, findings }: Refresh): string[] {
  const { taken, judges, difference, pinned = [] } = findings
  const asked = pinned.filter(({ picks }) => picks > 0)
  return [
    ...(state === 'promoted' && served !== undefined ? [`It takes the place of version ${served}.`] : []),
    ...(state === 'rolled-back' && version !== undefined ? [`It comes as version ${version}.`] : []),
    ...(reason === undefined ? [] : [`${reason[0]?.toUpperCase()}${reason.slice(1)}.`]),
    ...(taken
      ? [
          `From ${count(taken.players, 'player')} who agreed: ${taken.added} rows new, ${taken.removed} gone; ${count(taken.gone, 'player')} left.`,
        ]
      : []),
    ...(judges === undefined ? [] : [`Judged by ${count(judges, 'held-out player')}.`]),
    ...(difference
      ? [
          `NDCG@100 ${signed(difference.mean)} a player, 95 % interval ${signed(difference.low)} to ${signed(difference.high)}.`,
        ]
      : []),
    ...(asked.length > 0
      ? [
          `Pinned libraries: ${asked.map(({ name, alike, picks }) => `${name} ${alike}/${picks}`).join(', ')} picks alike.`,
        ]
      : []),
  ]
}

const FIGURES = [
  ['NDCG@100', 'ndcg100'],
  ['P@10', 'precision10'],
  ['R@20', 'recall20'],
  ['coverage@10', 'coverage10'],
] as const satisfies readonly (readonly [string, keyof Figures])[]

function figuresOf(before: Figures | undefined, after: Figures | undefined): FigureLine[] {
  return after ? FIGURES.map(([name, key]) => ({ name, before: before?.[key], now: after[key] })) : []
}

function dataLines(now: Data, before: Data | undefined): string[] {
  const line = (name: string, of: (data: Data) => number | null, write: (value: number) => string) => {
    const [value, old] = [of(now), before && of(before)]
    if (value === null) return []
    return [`${name}: ${write(value)}${old === undefined || old === null ? '' : ` (before ${write(old)})`}`]
  }
  const whole = (value: number) => value.toLocaleString('en')
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`
  return [
    ...line('players', ({ players }) => players, whole),
    ...line('games', ({ games }) => games, whole),
    ...line('density', ({ density }) => density, percent),
    ...line('unknown games in libraries', ({ unknown }) => unknown, percent),
  ]
}

function timeLine({ name, seconds, peakBytes }: PhaseTime): string {
  return `${name}: ${seconds.toFixed(1)} s (memory up to ${(peakBytes / 1e9).toFixed(2)} GB)`
}

function chartOf(title: string, figures: readonly FigureLine[]): Chart | undefined {
  if (figures.length === 0) return undefined
  const compared = figures.every(({ before }) => before !== undefined)
  return {
    title,
    note: 'Indie games hidden from held-out players, and found again. Longer is better.',
    series: compared ? ['candidate', 'served before'] : ['candidate'],
    marker: undefined,
    groups: [{ title: 'Quality', rows: figures.map((line) => chartRow(line, compared)) }],
  }
}

function chartRow({ name, before = 0, now }: FigureLine, compared: boolean): ChartRow {
  const bar = (share: number) => ({ share, marker: undefined, words: share.toFixed(3) })
  return { label: name, bars: compared ? [bar(now), bar(before)] : [bar(now)] }
}

/** The figures as lines of a fixed width. */
export function barsOf(figures: readonly FigureLine[]): readonly string[] {
  const longest = Math.max(...figures.flatMap(({ before = 0, now }) => [before, now]), 0.01)
  const line = (name: string, when: string, share: number) =>
    `${name.padEnd(12)} ${when.padEnd(6)} ${bar(share / longest)} ${share.toFixed(3)}`
  return figures.flatMap(({ name, before, now }) => [
    line(name, 'now', now),
    ...(before === undefined ? [] : [line('', 'before', before)]),
  ])
}

/** For the terminal. */
export function renderReport({ title, changes, bars, data, times }: OperatorReport): string {
  const parts = [[title], changes, bars, data, times].filter((lines) => lines.length > 0)
  return `\n${parts.map((lines) => lines.join('\n')).join('\n\n')}\n\n`
}

const CELLS = 20
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

function bar(share: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * CELLS * 8)
  return `${'█'.repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8]}`.padEnd(CELLS)
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`
}
