import type { Shares } from '../catalogue/average-taste.ts'
import type { Chart, ChartGroup, ChartRow } from '../chart.ts'
import type { RequestOf } from '../command-request.ts'
import { rulesFor, type WithSettings } from '../places/place.ts'
import { type LabelTaste, type Taste, tasteOf } from '../recommend/taste.ts'
import type { Block, Inline, Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { explained } from './answering.ts'
import { tellingWhose } from './other-meaning.ts'
import { type LibraryPorts, type Read, readLibrary } from './read-library.ts'

export type TastePorts = LibraryPorts & { readonly now: () => Date }

/** How many labels are named in the sentence: twice the average share at least, and by more than a whim above it. */
const NAMED = 3
const FAR_ABOVE = 0.05
const TIMES_THE_AVERAGE = 2

/** `/taste`: what a player likes, as a picture that also stands in words. */
export async function taste(
  ports: TastePorts,
  request: WithSettings<RequestOf<'taste'>>,
  strings: Strings,
): Promise<Reply> {
  const read = await readLibrary(ports, request)
  const told = { catalogue: ports.catalogue, strings, found: !('kind' in read) }
  if ('kind' in read) return tellingWhose(explained(read, strings), request.player, told)
  const [facts, average] = await Promise.all([
    ports.catalogue.facts(read.games.map(({ game }) => game)),
    ports.catalogue.averageTaste(),
  ])
  const found = tasteOf(read.games, facts, average, rulesFor(request).mature)
  if (found.tag.length + found.genre.length === 0) return explained({ kind: 'no-taste' }, strings)
  const chart = chartOf(found, read, strings)
  const head = strings.taste.head(found.games)
  const reply: Reply = {
    delivery: 'answer',
    summary: head,
    blocks: blocksOf(found, read, strings, ports.now()),
    buttons: [],
    attachments: [{ kind: 'chart', name: 'taste.png', chart, alt: spoken(chart, strings) }],
  }
  return tellingWhose(reply, request.player, told)
}

function blocksOf(found: Taste, read: Read, strings: Strings, now: Date): Block[] {
  const { page, format } = strings
  const { steamId, staleSince } = read
  const href = `https://steamcommunity.com/profiles/${steamId}`
  const whose: Inline[] = steamId === undefined ? [] : [' ', { link: page.libraryOf(steamId), href }]
  const notes = [
    farAbove(found, strings),
    staleSince && page.stale(format.ago(staleSince, now)),
    isPlaytimeHidden(read) ? page.playtimeHidden : undefined,
  ].filter((note) => note !== undefined)
  return [
    { kind: 'text', text: [{ bold: strings.taste.head(found.games) }, ...whose] },
    ...(notes.length === 0 ? [] : [{ kind: 'text' as const, text: [notes.join(' ')] }]),
    { kind: 'hint', text: [page.poweredBySteam] },
  ]
}

function farAbove({ tag }: Taste, { taste }: Strings): string | undefined {
  const names = tag
    .map(({ name, mine, average }) => ({ name, mine: middle(mine), usual: middle(average ?? mine) }))
    .filter(({ mine, usual }) => mine - usual >= FAR_ABOVE && mine >= TIMES_THE_AVERAGE * usual)
    .sort((a, b) => b.mine - b.usual - (a.mine - a.usual))
    .slice(0, NAMED)
    .map(({ name }) => name)
  return names.length === 0 ? undefined : taste.more(names)
}

function middle({ played, owned }: Shares): number {
  return (played + owned) / 2
}

function isPlaytimeHidden({ games }: Read): boolean {
  return games.every(({ minutes }) => minutes === 0)
}

function chartOf(found: Taste, read: Read, strings: Strings): Chart {
  const { taste, page } = strings
  const series: readonly (keyof Shares)[] = isPlaytimeHidden(read) ? ['owned'] : ['played', 'owned']
  const group = (kind: 'tag' | 'genre'): ChartGroup[] =>
    found[kind].length === 0
      ? []
      : [{ title: taste.kind[kind], rows: found[kind].map((label) => rowOf(label, series, strings)) }]
  const compared = [...found.tag, ...found.genre].some(({ average }) => average !== undefined)
  return {
    title: taste.title,
    note: `${taste.counted(found.games, read.games.length)} · ${page.poweredBySteam}`,
    series: series.map((one) => taste[one]),
    marker: compared ? taste.average : undefined,
    groups: [...group('tag'), ...group('genre')],
  }
}

function rowOf(
  { name, mine, average }: LabelTaste,
  series: readonly (keyof Shares)[],
  { taste, format }: Strings,
): ChartRow {
  return {
    label: name,
    bars: series.map((one) => ({
      share: mine[one],
      marker: average?.[one],
      words: taste.bar(format.percent(mine[one]), average && format.percent(average[one])),
    })),
  }
}

/** The picture for those who do not see it. */
function spoken(chart: Chart, { taste }: Strings): string {
  const rows = chart.groups.flatMap(({ rows }) => rows)
  const lines = rows.map(({ label, bars }) =>
    taste.spoken(
      label,
      bars.map((bar, at) => `${chart.series[at]} ${bar.words}`),
    ),
  )
  return [chart.title, ...lines].join('; ')
}
