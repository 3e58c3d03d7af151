import { appendFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { EvaluationTask } from '../../inference/evaluation/evaluation-data.ts'
import { search, type Trial } from '../../inference/evaluation/search.ts'
import { recipe } from '../../inference/training/recipe-file.ts'
import type { Context } from '../context/parts.ts'
import { startProgress } from '../terminal/progress.ts'
import { renderSearch } from '../terminal/search.ts'

/** In the data folder: one trial a line, the baseline first. */
const SEARCH_LOG = 'search.jsonl'

const figures = z.object({
  precision10: z.number(),
  recall20: z.number(),
  recall50: z.number(),
  ndcg100: z.number(),
})
const trial = z.object({
  recipe,
  row: figures.extend({
    method: z.string(),
    errors: figures,
    coverage10: z.number(),
    medianPopularity: z.number(),
  }),
})

/** `npm run evaluate -- --search N`: every trial is written down as soon as it is done; the table goes to standard output. */
export async function runSearch({ config }: Context, task: EvaluationTask, solves: number): Promise<void> {
  await mkdir(config.dataDir, { recursive: true })
  const file = path.join(config.dataDir, SEARCH_LOG)
  const trials = await readTrials(file)
  const progress = startProgress('searching', { delayMs: 0 })
  let done = 0
  const found = await search({
    ...task,
    trials,
    solves,
    onTrial(found) {
      appendFileSync(file, `${JSON.stringify(found)}\n`)
      done += 1
      progress.update(done, solves)
    },
  }).finally(progress.stop)
  process.stdout.write(renderSearch(found))
}

/** Throws one sentence for a line that is no trial; there is none where nothing was searched yet. */
export async function readTrials(file: string): Promise<Trial[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => {
      const parsed = trial.safeParse(parseJson(line))
      if (parsed.success) return parsed.data
      throw new Error(
        `${file} line ${at + 1} is not a trial of this program: move the file away to start anew`,
      )
    })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
