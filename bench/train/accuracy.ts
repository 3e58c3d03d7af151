import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Reference, run, runOurs } from './programs.ts'

const COLUMNS = 1000
const PLAYERS = 500

const found = z.object({
  worst: z.number(),
  median: z.number(),
  columns: z.number(),
  overlap: z.number(),
  players: z.number(),
})

/** Trains once more, keeps B, and has numpy hold it against float64. Returns a sentence. */
export async function measureAccuracy(task: {
  readonly folder: string
  readonly file: string
  readonly reference: Reference | undefined
  readonly provider: string
}): Promise<string> {
  if (!task.reference) return 'accuracy was not measured: that needs numpy'
  const weights = path.join(task.folder, 'weights.bin')
  await runOurs(task.file, { provider: task.provider, weights })
  const script = fileURLToPath(new URL('./accuracy.py', import.meta.url))
  const output = await run(task.reference.python, [script, task.file, weights, `${COLUMNS}`, `${PLAYERS}`])
  const { worst, median, columns, overlap, players } = found.parse(JSON.parse(output))
  return [
    `B against float64 in ${columns} columns, relative to a column's greatest entry: worst ${worst.toExponential(1)}, `,
    `median ${median.toExponential(1)}; the ten best games of ${players} players: ${overlap.toFixed(4)} of them the same`,
  ].join('')
}
