import { ASSUMED, KEPT, LIMITS, SIZES } from './assumptions.ts'
import type { Figures } from './figures.ts'
import { type Needs, needsOf } from './needs.ts'

const count = (value: number) => Math.round(value).toLocaleString('en-US')

function few(value: number): string {
  return value >= 10 ? count(value) : value.toPrecision(2)
}

function bytes(value: number): string {
  const [unit, size] = value >= 1e12 ? ['TB', 1e12] : value >= 1e9 ? ['GB', 1e9] : ['MB', 1e6]
  return `${few(value / Number(size))} ${unit}`
}

function seconds(value: number): string {
  if (value < 90) return `${few(value)} s`
  if (value < 5400) return `${few(value / 60)} min`
  return value < 2 * 86_400 ? `${few(value / 3600)} h` : `${few(value / 86_400)} days`
}

type Line = readonly [what: string, cell: (needs: Needs) => string]

const LINES: readonly Line[] = [
  ['asked a day', ({ askedPerDay }) => count(askedPerDay)],
  ['asked a second in the busiest minute', ({ peakPerSecond }) => few(peakPerSecond)],
  ['bot processes by processor time', ({ bots, cores }) => `${count(bots)} (${few(cores.bots)} cores)`],
  ['Discord servers, shards', ({ servers, shards }) => `${count(servers)}, ${count(shards)}`],
  ['all shards identified after', ({ shardsStartSeconds }) => seconds(shardsStartSeconds)],
  ['a digest for every server, due at once', ({ digestsSeconds }) => seconds(digestsSeconds)],
  ['worker cores', ({ cores }) => few(cores.workers)],
  ['database cores', ({ cores }) => few(cores.database)],
  [
    'database on disk: interactions, answers, snapshots, commands',
    ({ databaseBytes: { interactions, answers, snapshots, commands } }) =>
      [interactions, answers, snapshots, commands].map(bytes).join(', '),
  ],
  ['Steam keys, if no library is remembered', ({ steamKeys }) => count(steamKeys)],
  ['games in the model', ({ games }) => count(games)],
  ['the model, in every worker', ({ modelBytes }) => bytes(modelBytes)],
  [
    'counting the Gram matrix, of one core: built in',
    ({ training }) => seconds(training.gramSeconds.builtIn),
  ],
  ['the same in PostgreSQL', ({ training }) => seconds(training.gramSeconds.postgresql)],
  ['the same in DuckDB', ({ training }) => seconds(training.gramSeconds.duckdb)],
  ['solving, of one core', ({ training }) => seconds(training.solveSeconds)],
  [
    'memory of a training: built in, by `--gram`',
    ({ training }) => `${bytes(training.bytes.builtIn)}, ${bytes(training.bytes.given)}`,
  ],
]

/** The page's block: what was measured and assumed, and what follows. */
export function capacityPage(figures: Figures): string {
  const needs = SIZES.map((size) => needsOf(size, figures))
  const rows = LINES.map(([what, cell]) => [what, ...needs.map(cell)])
  const heading = ['players', ...SIZES.map(count)]
  return [
    loadTable(figures),
    assumptions(figures),
    [heading, heading.map(() => '---'), ...rows].map(line).join('\n'),
  ].join('\n\n')
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function loadTable({ load }: Figures): string {
  const rows = load.found.map(({ name, sustained, cost, memory }) => [
    name,
    String(sustained?.rate ?? 'none'),
    sustained ? spread(sustained.ack) : '',
    sustained ? `${few(100 * sustained.ackUnderSecond)} %` : '',
    sustained ? spread(sustained.answer) : '',
    cost && sustained ? [cost.bots, cost.workers, cost.database].map(few).join(', ') : '',
    [memory.bots, memory.workers, [memory.database]]
      .map((each) => each.map((one) => few(one / 1e6)).join('+'))
      .join(', '),
  ])
  const heading = [
    '',
    'kept, a second',
    'acknowledged after p50, p95, p99 ms',
    'within 1 s',
    'answered after p50, p95, p99 ms',
    'CPU ms of a command: bots, workers, database',
    'MB: bots, workers, database',
  ]
  return [heading, heading.map(() => '---'), ...rows].map(line).join('\n')
}

function spread({ p50, p95, p99 }: { p50: number; p95: number; p99: number | null }): string {
  return [p50, p95, p99].map((each) => (each === null ? '–' : few(each))).join(', ')
}

function assumptions({ load, gram }: Figures): string {
  return [
    `Measured on ${load.machine.cores} cores (${load.machine.cpu}), which the stand-ins for the platforms shared, at a load average of ${few(load.machine.load)}:`,
    `where that is far above the cores, other programs kept the machine busy, and the rates say less of this program than the`,
    `bare Bolt app of the same run does; processor times a command change less. Sizes of rows are those of small tables,`,
    `which is rather too much. The Gram matrix is of`,
    `${count(gram.players)} real players with ${count(gram.pairs)} pairs. Assumed: ${ASSUMED.askedPerDay} command or press a day and player, ${ASSUMED.peak} times the mean in the`,
    `busiest minute, processors ${100 * ASSUMED.busy} % busy then, ${ASSUMED.playersPerServer} players in a Discord server, all of them trained on, libraries as large as`,
    `the measured ones. Others' rules: Steam takes ${count(LIMITS.steamCallsPerDay)} calls a day and key, Discord ${count(LIMITS.serversPerShard)} servers a shard,`,
    `${LIMITS.discordPerSecond} requests a second for the whole bot, and one shard's IDENTIFY in ${LIMITS.secondsPerIdentify} seconds. Kept: answers ${KEPT.answers} days, snapshots ${KEPT.snapshots},`,
    `commands ${KEPT.commands}.`,
  ].join('\n')
}
