import { readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { createDigestMetrics } from '../../bot/jobs/digest/metrics.ts'
import { addRefreshMetrics } from '../../bot/jobs/refresh/metrics.ts'
import { registerSourceMetrics } from '../../bot/jobs/steam-sync/metrics.ts'
import { createCommandMetrics } from '../../bot/platform/command-metrics.ts'
import type { ModelStore } from '../../inference/serving/model-store.ts'
import { createMetrics } from '../../inference/serving/worker-metrics.ts'
import { alertsIn, dashboardExpressions } from '../support/debian/prometheus.ts'
import { testDatabase } from '../support/postgres/database.ts'

const PAGE = readFileSync('docs/monitoring.md', 'utf8')

/** `| `Name` | `expression` | what to do |` */
const onPage = [...PAGE.matchAll(/^\| `(Indiescout\w+)` \| `(.+?)` \| (.+) \|$/gm)].map(([, name, expr]) => [
  name,
  expr?.replaceAll('\\|', '|'),
])

const scraped = z.object({ scrape_configs: z.array(z.object({ job_name: z.string() })) })

const db = await testDatabase()

/** What a fresh program counts: every series of ours with its value. */
async function freshSeries() {
  const registry = new Registry()
  createCommandMetrics(registry)
  createDigestMetrics(registry)
  addRefreshMetrics(registry, { counts: async () => [] })
  registerSourceMetrics(registry, db)
  const store = { current: () => undefined } as unknown as ModelStore
  const worker = createMetrics(store, () => 0).registry
  return `${await registry.metrics()}\n${await worker.metrics()}`
}

const nameOf = (series: string) => /^[a-z_]+/.exec(series)?.[0] ?? ''

describe('the alerts', () => {
  it('are on the page as in the rule file', () => {
    expect(onPage).toEqual(alertsIn('deploy/prometheus/alerts.yaml').map(({ alert, expr }) => [alert, expr]))
  })

  it('go by the jobs of the scrape configuration', () => {
    const { scrape_configs } = scraped.parse(parse(readFileSync('deploy/prometheus/prometheus.yaml', 'utf8')))
    expect(scrape_configs.map(({ job_name }) => job_name)).toEqual(['indiescout', 'indiescout-inference'])
  })
})

describe('the metrics of a fresh program', () => {
  it('are all on the page and on the dashboard, and nothing else is', async () => {
    const text = await freshSeries()
    const ours = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)]
      .map(([, name = '']) => name)
      .filter((name) => !/^(process|nodejs)_/.test(name))
    for (const name of ours) expect(PAGE).toContain(`\`${name}\``)
    const shown = dashboardExpressions().join('\n')
    for (const name of ours) expect(shown).toMatch(new RegExp(`\\b${name}(_bucket|_sum|_count)?\\b`))
    const bases = [...ours, 'up', 'process_resident_memory_bytes']
    for (const name of shown.match(/\b[a-z]+(_[a-z]+)+(?=[{[) ]|$)/gm) ?? [])
      if (!FUNCTIONS.has(name)) expect(bases).toContain(name.replace(/_(bucket|sum|count)$/, ''))
  })

  const FUNCTIONS = new Set(['histogram_quantile'])

  it('start at 0 for each label, and tell no time that nobody knows', async () => {
    const values = (await freshSeries()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    const ours = values.filter((line) => !/^(process|nodejs)_/.test(line))
    expect(ours.filter((line) => !line.endsWith(' 0'))).toEqual([])
    const names = ours.map(nameOf)
    expect(names).not.toContain('refresh_last_success_timestamp_seconds')
    expect(names).not.toContain('source_last_success_timestamp_seconds')
    expect(names).not.toContain('inference_model_version')
    for (const series of [
      'commands_total{command="recommend",outcome="failed"}',
      'command_seconds_count{platform="slack"}',
      'digest_deliveries_total{platform="discord",state="dead"}',
      'digest_late_seconds_count{platform="slack"}',
      'refreshes_total{outcome="failed"}',
      'source_failures_in_a_row{source="app-list"}',
      'inference_requests_total{status="503"}',
    ])
      expect(ours).toContain(`${series} 0`)
  })
})
