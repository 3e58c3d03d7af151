import type { Measured } from './measure.ts'

/** One line for each thing that was measured, at the last rate that it kept. */
export function tableOf(all: readonly Measured[]): string {
  const rows = all.map(({ name, steps, sustained, cost, memory, violations }) => [
    name,
    String(sustained?.rate ?? 0),
    steps.map(({ rate }) => rate).join(' '),
    ...(sustained
      ? [spread(sustained.ack), share(sustained.ackUnderSecond), spread(sustained.answer)]
      : ['', '', '']),
    cost
      ? [cost.bots, cost.workers, cost.database, cost.standIns].map((each) => each.toFixed(1)).join(' / ')
      : '',
    [memory.bots, memory.workers, [memory.database]].map((each) => each.map(megabytes).join('+')).join(' / '),
    violations.join('; ') || 'none',
  ])
  const heading = [
    '',
    'kept, /s',
    'tried, /s',
    'ack p50/p95/p99, ms',
    'ack < 1 s',
    'answer p50/p95/p99, ms',
    'CPU ms a command: bots/workers/database/stand-ins',
    'MB: bots/workers/database',
    'rules broken',
  ]
  return [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function spread({ p50, p95, p99 }: { p50: number; p95: number; p99: number }): string {
  return [p50, p95, p99].map((each) => each.toFixed(each < 10 ? 1 : 0)).join(' / ')
}

function share(value: number): string {
  return `${(100 * value).toFixed(value === 1 ? 0 : 1)} %`
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
