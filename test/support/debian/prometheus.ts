import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

/** What lies in deploy/prometheus, read for tests. */

const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
})

export type Alert = z.infer<typeof rules>['groups'][number]['rules'][number]

export function alertsIn(file: string): Alert[] {
  return rules.parse(parse(readFileSync(file, 'utf8'))).groups.flatMap((group) => group.rules)
}

const dashboard = z.looseObject({
  panels: z.array(z.looseObject({ targets: z.array(z.looseObject({ expr: z.string() })).default([]) })),
})

/** As Grafana sends them. */
export function dashboardExpressions(): string[] {
  const { panels } = dashboard.parse(JSON.parse(readFileSync('deploy/prometheus/dashboard.json', 'utf8')))
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m')))
}
