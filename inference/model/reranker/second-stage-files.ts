import path from 'node:path'
import { z } from 'zod'
import { hashFile, writeDurably } from '../durable-files.ts'
import { FILES, MANIFEST_FILE, type Manifest, type Vocabulary } from '../manifest.ts'
import { readManifest, readVocabulary } from '../model-files.ts'
import { readPlainBytes } from '../plain-file.ts'
import { withLifts } from './common-owners.ts'
import { FEATURES, type Knowledge } from './features.ts'
import { FACTS } from './game-facts.ts'
import type { Reranker } from './reranker.ts'

/** What brings the first stage's candidates into their final order. */
export type SecondStage = { readonly knowledge: Knowledge; readonly reranker: Reranker }

const numbers = z.array(z.number())
const column = z
  .array(z.number().nullable())
  .transform((values) => Float64Array.from(values, (value) => value ?? Number.NaN))
const vectors = z.object({ offsets: numbers, labels: numbers, weights: numbers, count: z.number().int() })
const knowledgeFile = z.object({
  /** Players of the training. */
  players: z.number().int().positive(),
  /** Beside the targets; null where it is not known. */
  facts: z.record(z.enum(FACTS), column),
  tags: vectors,
  makers: vectors,
})

const rerankerFile = z.object({
  sizes: z.array(z.number().positive()).min(1),
  restraint: z.number(),
  features: z
    .array(
      z.object({
        name: z.string(),
        mean: z.number(),
        deviation: z.number().positive(),
        linear: numbers,
        squared: numbers,
      }),
    )
    .refine((features) => String(features.map(({ name }) => name)) === String(FEATURES), {
      error: 'are not the features of this program',
    }),
})

/** Ten times what a model of all of Steam's games needs. */
const MOST_BYTES = {
  [FILES.reranker]: 1024 * 1024,
  [FILES.knowledge]: 512 * 1024 * 1024,
  [FILES.common]: 2 ** 31,
} as const

type Hashes = Pick<Manifest['sha256'], 'reranker.json' | 'knowledge.json' | 'common.bin'>

/** Writes the files and returns their hashes. */
export async function writeSecondStage(
  folder: string,
  { knowledge, reranker }: SecondStage,
): Promise<Hashes> {
  const { common, facts, tags, makers } = knowledge
  const write = (file: string, bytes: Uint8Array) => writeDurably(path.join(folder, file), bytes)
  const text = (value: string) => new TextEncoder().encode(value)
  // JSON knows no NaN, and writes null.
  const columns = Object.fromEntries(FACTS.map((fact) => [fact, Array.from(facts[fact])]))
  const told = { players: common.players, facts: columns, tags, makers }
  return {
    [FILES.reranker]: await write(FILES.reranker, text(tableText(reranker))),
    [FILES.knowledge]: await write(FILES.knowledge, text(`${JSON.stringify(told)}\n`)),
    [FILES.common]: await write(FILES.common, commonBytes(common)),
  }
}

/** A line for each feature, to be read by people. */
function tableText({ sizes, restraint, features }: Reranker): string {
  const lines = features.map((feature) => `    ${JSON.stringify(feature)}`)
  return `{\n  "sizes": ${JSON.stringify(sizes)},\n  "restraint": ${restraint},\n  "features": [\n${lines.join(',\n')}\n  ]\n}\n`
}

/** Offsets, counts, the rest of each row, and columns, one after another, little-endian. */
function commonBytes({ offsets, counts, rest, columns }: Knowledge['common']): Uint8Array {
  return Buffer.concat(
    [offsets, counts, rest, columns].map(({ buffer, byteOffset, byteLength }) =>
      new Uint8Array(buffer, byteOffset, byteLength).slice(),
    ),
  )
}

/** Undefined for a model of one stage. Throws one sentence where a file is not the one that belongs to the version. */
export async function readSecondStage(folder: string): Promise<SecondStage | undefined> {
  const { sha256 } = await readManifest(folder)
  if (sha256[FILES.reranker] === undefined) return undefined
  const read = async (file: 'reranker.json' | 'knowledge.json' | 'common.bin') => {
    const at = path.join(folder, file)
    if ((await hashFile(at)) !== sha256[file]) {
      throw new Error(`${file} does not match its SHA-256 in ${MANIFEST_FILE}`)
    }
    return readPlainBytes(at, MOST_BYTES[file])
  }
  const vocabulary = await readVocabulary(folder)
  const reranker = parse(rerankerFile, await read(FILES.reranker), FILES.reranker)
  const told = parse(knowledgeFile, await read(FILES.knowledge), FILES.knowledge)
  return { reranker, knowledge: knowledgeFrom(vocabulary, told, await read(FILES.common)) }
}

function knowledgeFrom(
  { games, targets, owners = [] }: Vocabulary,
  { players, facts, tags, makers }: z.infer<typeof knowledgeFile>,
  bytes: Uint8Array,
): Knowledge {
  const rowOf = new Map(games.map((game, row) => [game, row]))
  const rows = Int32Array.from(targets, (game) => rowOf.get(game) ?? 0)
  return {
    rows,
    facts,
    tags: packed(tags),
    makers: packed(makers),
    common: withLifts({
      players,
      owners,
      targets: Int32Array.from(rows, (row) => owners[row] ?? 0),
      ...readCommon(bytes, games.length),
    }),
  }
}

/** Numbers that lie together are read faster. */
function packed({ offsets, labels, weights, count }: z.infer<typeof vectors>): Knowledge['tags'] {
  return {
    offsets: Uint32Array.from(offsets),
    labels: Uint32Array.from(labels),
    weights: Float64Array.from(weights),
    count,
  }
}

function readCommon(bytes: Uint8Array, games: number) {
  // Copied, since typed arrays begin at multiples of their elements' size.
  const memory = new Uint8Array(bytes).buffer
  const offsets = new Uint32Array(memory, 0, games + 1)
  const count = offsets[games] ?? 0
  const at = 4 * (games + 1)
  if (memory.byteLength !== at + 4 * count + 4 * games + 2 * count) {
    throw new Error(`${FILES.common} is cut short`)
  }
  return {
    offsets,
    counts: new Uint32Array(memory, at, count),
    rest: new Float32Array(memory, at + 4 * count, games),
    columns: new Uint16Array(memory, at + 4 * count + 4 * games, count),
  }
}

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array, file: string): T {
  const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${file} is not as expected: ${issue?.path.join('.')} ${issue?.message}`)
}
