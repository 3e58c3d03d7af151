import { createHash } from 'node:crypto'
import { z } from 'zod'

/** The files of one version, beside its manifest; the last three only where it has a second stage. */
export const FILES = {
  model: 'model.onnx',
  weights: 'weights.bin',
  vocabulary: 'vocabulary.json',
  reranker: 'reranker.json',
  knowledge: 'knowledge.json',
  common: 'common.bin',
} as const
export const MANIFEST_FILE = 'manifest.json'

/** 1 held a square matrix, and its graph told no reasons; 2 had one stage. */
export const FORMAT = 3
const format = z.literal(FORMAT)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const manifest = z.object({
  format,
  created: z.iso.datetime(),
  /** Tells whether two trainings saw the same data. */
  fingerprint: z.string(),
  /** λ, variant and whatever else a training can be asked for. */
  options: z.record(z.string(), z.unknown()),
  counts: z.record(z.string(), z.number()),
  /** The refresh that trained it. */
  refresh: z.string().optional(),
  /** Of a version that brings an older one back: which one, and the one that it takes out of service with its weights' hash. */
  rollback: z.object({ to: z.number().int(), from: z.number().int(), weights: sha256 }).optional(),
  /** Offline metrics, where the model was evaluated. */
  metrics: z.record(z.string(), z.number()).optional(),
  /** Seconds of each phase. */
  timings: z.record(z.string(), z.number()),
  sha256: z.object({
    [FILES.model]: sha256,
    [FILES.weights]: sha256,
    [FILES.vocabulary]: sha256,
    [FILES.reranker]: sha256.optional(),
    [FILES.knowledge]: sha256.optional(),
    [FILES.common]: sha256.optional(),
  }),
})

export type Manifest = z.infer<typeof manifest>

const appid = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)
const inputWeight = z.number().positive()

const ascending = z
  .array(appid)
  .min(1)
  .refine((games) => games.every((game, at) => at === 0 || game > (games[at - 1] ?? 0)), {
    error: 'are not ascending',
  })

const vocabulary = z
  .object({
    format,
    games: ascending,
    targets: ascending,
    weights: z.object({ owned: inputWeight, played: inputWeight }),
    owners: z.array(z.number().int().min(0)).optional(),
  })
  .refine(({ games, targets }) => isSubset(targets, games), {
    error: 'its targets are not all among its games',
  })
  .refine(({ games, owners }) => owners === undefined || owners.length === games.length, {
    error: 'its owners are not as many as its games',
  })

function isSubset(targets: readonly number[], games: readonly number[]): boolean {
  const known = new Set(games)
  return targets.every((target) => known.has(target))
}

/**
 * `games`: appids, ascending; a game's place is its row number. `targets`: those of them that may be picked, ascending; a
 * target's place is its column number. `weights`: what an owned game counts in a library, and
 * what one counts that was played for more than 0 minutes. `owners`: how many players of the training own each game.
 */
export type Vocabulary = z.infer<typeof vocabulary>
export type InputWeights = Vocabulary['weights']

/** The same for two models that saw the same data and were trained the same way, and for no others. */
export function identityOf({ fingerprint, options }: Pick<Manifest, 'fingerprint' | 'options'>): string {
  return createHash('sha256').update(fingerprint).update(JSON.stringify(options)).digest('hex')
}

export function parseManifest(text: string): Manifest {
  return parse(manifest, text, MANIFEST_FILE)
}

export function parseVocabulary(text: string): Vocabulary {
  return parse(vocabulary, text, FILES.vocabulary)
}

/** Another program wrote the files; the message says what to do. */
export class OtherFormat extends Error {
  override readonly name = 'OtherFormat'
}

const anyFormat = z.object({ format: z.number().int() })

function parse<T>(schema: z.ZodType<T>, text: string, file: string): T {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${file} is not JSON`)
  }
  const written = anyFormat.safeParse(json).data?.format
  if (written !== undefined && written !== FORMAT) {
    throw new OtherFormat(
      `${file} is of format ${written} and this program reads ${FORMAT}: npm run train makes a model that it can serve`,
    )
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${file} is not as expected: ${issue?.path.join('.')} ${issue?.message}`)
}
