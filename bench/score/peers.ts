import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { ModelSize } from '../../inference/model/serving-graph.ts'
import { makePairs, type Reference, run, runReference } from '../train/programs.ts'

const times = z.tuple([z.number(), z.number()])
const found = z.object({ rows: z.record(z.string(), times), dense: times })

/** Milliseconds, p50 and p99, of numpy in a process of its own, without HTTP; undefined where there is no numpy. */
export type Numpy = z.infer<typeof found>

export async function measureNumpy(
  python: string,
  { games, targets }: ModelSize,
  sizes: readonly number[],
  rounds: number,
): Promise<Numpy | undefined> {
  if (!existsSync(python)) return undefined
  const hasNumpy = await run(python, [
    '-c',
    'import importlib.util as u; print(u.find_spec("numpy") is not None)',
  ])
  if (hasNumpy.trim() !== 'True') return undefined
  const script = fileURLToPath(new URL('./peers.py', import.meta.url))
  return found.parse(
    JSON.parse(await run(python, [script, `${games}`, `${targets}`, sizes.join(), `${rounds}`])),
  )
}

const SEED_SIZE = { players: 47_825, games: 10_978, pairs: 5_153_209 }

/** Seconds that one player waits in the seed's way: Gram matrix, solution and prediction anew with the player appended. */
export async function measureRefit(folder: string, reference: Reference): Promise<number> {
  const file = path.join(folder, 'pairs.csv')
  await makePairs(file, SEED_SIZE, reference)
  const { seconds } = await runReference(reference, file, 'lapack')
  return seconds.gram + seconds.solve + seconds.predict
}
