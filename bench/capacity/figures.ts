import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What was measured, as the benches saved it. */

const spread = z.object({ p50: z.number(), p95: z.number(), p99: z.number().nullable() })
const step = z.object({ rate: z.number(), ack: spread, ackUnderSecond: z.number(), answer: spread })

const load = z.object({
  /** `load`: the average of the last minute of the run, of all programs. */
  machine: z.object({ cpu: z.string(), cores: z.number(), load: z.number() }),
  found: z.array(
    z.object({
      name: z.string(),
      sustained: step.optional(),
      cost: z
        .object({ bots: z.number(), workers: z.number(), database: z.number(), standIns: z.number() })
        .optional(),
      memory: z.object({ bots: z.array(z.number()), workers: z.array(z.number()), database: z.number() }),
    }),
  ),
  rowBytes: z.record(z.string(), z.number()),
})

const gram = z.object({
  players: z.number(),
  pairs: z.number(),
  /** Numbers that one player adds to one triangle of G, on average. */
  incrementsPerPlayer: z.number(),
  games: z.number(),
  /** Of one processor. */
  cpuSeconds: z.object({ gram: z.number(), solve: z.number() }),
  /** Such numbers added up in a second of one processor. */
  builtInPerCpuSecond: z.number(),
  postgresqlPerCpuSecond: z.number(),
  duckdbPerCpuSecond: z.number(),
})

export type Figures = { readonly load: z.infer<typeof load>; readonly gram: z.infer<typeof gram> }

export function readFigures(folder = 'bench/measured'): Figures {
  const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
  return { load: load.parse(read('load')), gram: gram.parse(read('gram')) }
}
