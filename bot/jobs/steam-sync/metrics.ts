import { Gauge, type Registry } from 'prom-client'
import type { SourceName, Unseen } from '../../../core/steam/sync/ports.ts'
import { readSourceFigures, type SourceFigures } from '../../../db/ingest/sync-figures.ts'
import type { Db } from '../../../db/postgres/connect.ts'

type Labelled = readonly (readonly [label: string, value: number])[]

type Figure = {
  readonly name: string
  readonly help: string
  readonly label: string
  readonly read: (figures: SourceFigures) => Labelled
}

const SOURCES = ['app-list', 'details', 'libraries', 'upkeep'] as const satisfies readonly SourceName[]
const LIBRARIES = [
  ...['waits', 'library'],
  ...(['empty', 'no-profile', 'private-profile', 'hidden-games', 'garbled'] satisfies readonly Unseen[]),
]

/** What has not happened yet shows as 0: an alert looks for a change. */
function nothingOf(labels: readonly string[]): Labelled {
  return labels.map((label) => [label, 0])
}

const FIGURES: readonly Figure[] = [
  {
    name: 'store_pages_waiting',
    help: 'Pages of the store that are to be read, by why.',
    label: 'why',
    read: ({ waiting }) => Object.entries(waiting),
  },
  {
    name: 'steam_calls_today',
    help: 'Calls to the Steam Web API since midnight UTC, by who waits for them.',
    label: 'for',
    read: ({ calls }) => [
      ['players', calls.players],
      ['nobody', calls.background],
    ],
  },
  {
    name: 'source_last_success_timestamp_seconds',
    help: 'When each kind of fetching last succeeded.',
    label: 'source',
    read: ({ sources }) =>
      sources.flatMap(({ name, succeededAt }) => (succeededAt ? [[name, succeededAt.getTime() / 1000]] : [])),
  },
  {
    name: 'source_failures_in_a_row',
    help: 'How often each kind of fetching failed since it last succeeded.',
    label: 'source',
    read: ({ sources }) => [
      ...nothingOf(SOURCES),
      ...sources.map(({ name, failures }) => [name, failures] as const),
    ],
  },
  {
    name: 'libraries_agreed',
    help: 'Libraries that are refreshed every week, by how the last refresh went.',
    label: 'outcome',
    read: ({ libraries }) => [
      ...nothingOf(LIBRARIES),
      ...libraries.map(({ outcome, accounts }) => [outcome, accounts] as const),
    ],
  },
]

/** Read from the database, once with each scrape, so that any process tells of all. */
export function registerSourceMetrics(registry: Registry, db: Db): void {
  let reading: Promise<SourceFigures | undefined> | undefined
  const figures = () => {
    // A database that is away is told by the health check; the other metrics still count.
    reading ??= readSourceFigures(db, new Date())
      .catch(() => undefined)
      .finally(() => {
        reading = undefined
      })
    return reading
  }
  for (const { name, help, label, read } of FIGURES) {
    const gauge = new Gauge({
      ...{ name, help, labelNames: [label], registers: [registry] },
      async collect() {
        const known = await figures()
        gauge.reset()
        if (known) for (const [value, number] of read(known)) gauge.set({ [label]: value }, number)
      },
    })
  }
}
