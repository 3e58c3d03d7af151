import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Evaluation } from '../../inference/evaluation/evaluate.ts'

/** The newest evaluation, kept in the data folder so that it can be shown. */

const figure = z.number()
const quality = { precision10: figure, recall20: figure, recall50: figure, ndcg100: figure }

const stored = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  /** The players were generated: the figures say nothing about real ones. */
  synthetic: z.boolean(),
  trainingPlayers: figure,
  testPlayers: figure,
  games: figure,
  indieGames: figure,
  ceiling10: figure,
  rows: z.array(
    z.object({
      ...quality,
      method: z.string(),
      errors: z.object(quality),
      coverage10: figure,
      medianPopularity: figure,
    }),
  ),
})

export type StoredEvaluation = z.infer<typeof stored>

type Saved = { readonly at: Date; readonly synthetic: boolean; readonly evaluation: Evaluation }

/** In the place of the one before. */
export async function saveEvaluation(dataDir: string, { at, synthetic, evaluation }: Saved): Promise<void> {
  const file = fileIn(dataDir)
  const aside = `${file}.${process.pid}`
  await mkdir(dataDir, { recursive: true })
  await writeFile(aside, JSON.stringify({ format: 1, at: at.toISOString(), synthetic, ...evaluation }))
  await rename(aside, file)
}

/** Undefined where there is none, or none that this version wrote. */
export async function readEvaluation(dataDir: string): Promise<StoredEvaluation | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : stored.safeParse(parsed(text)).data
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, 'evaluation.json')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
