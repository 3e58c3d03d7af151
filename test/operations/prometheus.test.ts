import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { z } from 'zod'
import { type Running, startBot } from '../../bench/load/processes.ts'
import { alertsIn, dashboardExpressions } from '../support/debian/prometheus.ts'
import { type DebianServer, freePorts, startDebianServer } from '../support/debian/server.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'

const RULES = path.resolve('deploy/prometheus/alerts.yaml')
const ALERTS = alertsIn(RULES)
const promtool = (...words: string[]) => promisify(execFile)('promtool', words)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'indiescout-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Series that raise an alert, in promtool's notation, and when it has to stand. */
const CAUSES: Readonly<
  Record<string, Pick<Case, 'at' | 'every'> & { readonly series: string; readonly values: string }>
> = {
  IndiescoutDown: { series: 'up{job="indiescout-inference"}', values: '1 0x30', at: '10m' },
  IndiescoutNoModel: { series: 'up{job="indiescout"}', values: '1x30', at: '15m' },
  IndiescoutCommandsFail: {
    ...{ series: 'commands_total{command="recommend",outcome="failed"}', values: '0x5 1x10', at: '8m' },
  },
  IndiescoutCommandsUnavailable: {
    ...{ series: 'commands_total{command="recommend",outcome="unavailable"}', values: '0+30x30', at: '20m' },
  },
  IndiescoutWorkerFails: {
    ...{ series: 'inference_requests_total{status="503"}', values: '0+30x30', at: '20m' },
  },
  IndiescoutWorkersBusy: { series: 'inference_queue{instance="a"}', values: '9x30', at: '20m' },
  IndiescoutDigestLost: {
    ...{ series: 'digest_deliveries_total{platform="slack",state="dead"}', values: '0x5 1x10', at: '8m' },
  },
  IndiescoutRefreshFails: {
    series: 'refreshes_total{outcome="failed"}',
    values: '0x5 1x5 2x5 3x5',
    at: '18m',
  },
  IndiescoutRefreshOverdue: {
    series: 'refresh_last_success_timestamp_seconds',
    values: '0x440',
    at: '9d2h',
    every: '30m',
  },
  IndiescoutSourceFails: { series: 'source_failures_in_a_row{source="details"}', values: '5x30', at: '5m' },
  IndiescoutSteamLimit: { series: 'steam_calls_today{for="players"}', values: '95000x30', at: '5m' },
}

type Case = {
  readonly alerts: readonly string[]
  readonly fires: boolean
  readonly input: readonly { series: string; values: string }[]
  readonly at: string
  /** How far samples and evaluations lie apart: a minute where nothing else is said, as nine days of those take a minute. */
  readonly every?: '30m'
}

/** Holds by promtool that in each case exactly these alerts stand, of those that are asked about. */
async function holds(cases: readonly Case[]) {
  for (const every of ['1m', '30m'] as const)
    await holdsAt(
      every,
      cases.filter((each) => (each.every ?? '1m') === every),
    )
}

async function holdsAt(every: '1m' | '30m', cases: readonly Case[]) {
  const file = path.join(folder, 'alerts.test.yaml')
  const tests = cases.map(({ input, at, alerts, fires }) => ({
    interval: every,
    input_series: input,
    // `count` tells of the alert whatever labels its series have.
    promql_expr_test: alerts.map((alert) => ({
      expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
      eval_time: at,
      exp_samples: [{ value: fires ? 1 : 0 }],
    })),
  }))
  await writeFile(file, stringify({ rule_files: [RULES], evaluation_interval: every, tests }))
  await promtool('test', 'rules', file)
}

describe('the rule file', () => {
  it('is taken by promtool', async () => {
    expect((await promtool('check', 'rules', RULES)).stdout).toContain(`${ALERTS.length} rules found`)
  })

  it('has a cause for each alert, at which it fires', async () => {
    expect(Object.keys(CAUSES).sort()).toEqual(ALERTS.map(({ alert }) => alert).sort())
    const cases = Object.entries(CAUSES).map(([alert, { series, values, ...when }]) => ({
      ...{ ...when, alerts: [alert], fires: true, input: [{ series, values }] },
    }))
    await holds(cases)
  })
})

describe('a fresh installation', () => {
  let bot: Running
  let prometheus: DebianServer
  let api: string

  beforeAll(async () => {
    const { url } = await testDatabaseAt()
    const [http = 0, port = 0] = await freePorts(2)
    bot = await startBot({
      DATABASE_URL: url,
      DATA_DIR: path.join(folder, 'data'),
      HTTP_PORT: String(http),
      INFERENCE_PROVIDER: 'cpu',
      ...{ STORE_CALLS_PER_MINUTE: '0', STEAM_CALLS_PER_DAY: '0' },
    })
    const shipped = await readFile('deploy/prometheus/prometheus.yaml', 'utf8')
    const config = path.join(folder, 'prometheus.yaml')
    const hurried = `global: { scrape_interval: 1s, evaluation_interval: 1s }\n${shipped}`
    await writeFile(config, hurried.replaceAll(':3000', `:${http}`).replace('alerts.yaml', RULES))
    api = `http://127.0.0.1:${port}/api/v1`
    prometheus = await startDebianServer(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${path.join(folder, 'series')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      port,
    )
  })

  afterAll(async () => {
    await prometheus?.stop()
    await bot?.stop()
  })

  const answer = z.object({
    status: z.literal('success'),
    data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
  })

  /** The values of an expression now. Throws for one that Prometheus doesn't take. */
  async function query(expression: string): Promise<string[]> {
    const response = await fetch(`${api}/query?query=${encodeURIComponent(expression)}`)
    return answer.parse(await response.json()).data.result.map(({ value: [, value] }) => value)
  }

  it('is seen at both endpoints, and raises no alert', async () => {
    await expect.poll(() => query('up == 1')).toHaveLength(2)
    await expect.poll(() => query('inference_model_version')).toHaveLength(1)
    expect(await query('refresh_last_success_timestamp_seconds')).toEqual([])
    await expect.poll(() => query('ALERTS')).toEqual([])
    for (const { expr } of ALERTS) expect([expr, await query(expr)]).toEqual([expr, []])
  })

  it('would raise none if it went on like this for hours', async () => {
    const texts = await Promise.all(
      ['', '/inference'].map(async (at) => (await fetch(`${bot.url}/metrics${at}`)).text()),
    )
    const input = texts
      .flatMap((text) => text.split('\n'))
      .filter((line) =>
        /^(commands|command|digest|refresh|source|steam|store|inference|libraries)[a-z_]*[{ ]/.test(line),
      )
      .filter((line) => !line.includes('_bucket'))
      .map((line) => ({
        series: line.slice(0, line.lastIndexOf(' ')),
        value: line.slice(line.lastIndexOf(' ') + 1),
      }))
      .map(({ series, value }) => ({ series, values: `${value}x180` }))
    await holds([{ alerts: ALERTS.map(({ alert }) => alert), input, at: '2h', fires: false }])
  })

  it('has every query of the dashboard answered', async () => {
    for (const expression of dashboardExpressions()) await query(expression)
    expect(await query('sum(commands_total)')).not.toEqual([])
  })

  it('is told to be down when it is', async () => {
    await bot.stop()
    await expect.poll(() => query('ALERTS{alertname="IndiescoutDown",alertstate="pending"}')).toHaveLength(2)
  })
})
