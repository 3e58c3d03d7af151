import path from 'node:path'
import type { Log } from '../../core/log.ts'
import { FILES } from '../model/manifest.ts'
import { readVocabulary, verify } from '../model/model-files.ts'
import type { Answer, Question } from '../model/question.ts'
import { type ModelSize, servingGraph } from '../model/serving-graph.ts'
import { GUARANTEED_BYTES } from '../runtime/buffer-limit.ts'
import { type Chosen, openSession, type ProviderChoice } from '../runtime/session.ts'
import { shortReason } from '../runtime/short-reason.ts'
import { openDevice } from './device.ts'
import { withFallback } from './fallback.ts'
import { score } from './serving-session.ts'

/** One version of the model, ready to answer. Its provider is the one that answers now: a GPU may be lost. */
export type LoadedModel = Chosen &
  ModelSize & {
    readonly version: number
    /** Questions that are waiting or running; the model is kept as long as there are any. */
    busy: number
    /** On the processor it blocks the event loop while it runs. */
    run(question: Question): Promise<Answer>
    release(): Promise<void>
  }

export type Loading = {
  readonly choice: ProviderChoice
  readonly chosen: Chosen
  readonly log: Log
  /** Milliseconds that a player waits for a GPU before the processor answers. */
  readonly patienceMs?: number | undefined
}

const PATIENCE_MS = 500

/**
 * Checks a version's files, opens it and runs it once. Beside a GPU the processor stands ready: its weights are only mapped
 * until it is asked. Throws one sentence where the version is not fit to serve, or a GPU asked for by name cannot run it.
 */
export async function loadModel(folder: string, version: number, loading: Loading): Promise<LoadedModel> {
  await verify(folder)
  const vocabulary = await readVocabulary(folder)
  const size = { games: vocabulary.games.length, targets: vocabulary.targets.length }
  const processor = await openProcessor(folder, size)
  const { choice, chosen, log } = loading
  const about = { ...size, version, busy: 0 }
  if (chosen.provider === 'cpu') return { ...about, ...chosen, ...processor }
  try {
    return await openOnDevice(folder, about, processor, loading)
  } catch (error) {
    const why = `${chosen.provider} cannot run this model: ${shortReason(error)}`
    // A model may be too large for the GPU that runs smaller ones.
    if (choice === 'auto') {
      log('warn', `inference falls back to cpu for model version ${version}`, { why })
      return { ...about, provider: 'cpu', why, ...processor }
    }
    await processor.release()
    throw new Error(why)
  }
}

type Processor = Pick<LoadedModel, 'run' | 'release'>

/**
 * One thread: a second one gains little, since scoring waits for memory, and its waiting would take a processor from whoever
 * parses, answers and asks.
 */
const SERVING = { intraOpNumThreads: 1 } as const

async function openProcessor(folder: string, size: ModelSize): Promise<Processor> {
  const session = await openSession(path.join(folder, FILES.model), 'cpu', SERVING)
  const processor = {
    run: (question: Question) => score(session, question),
    release: () => session.release(),
  }
  try {
    await processor.run(warmUp(size))
    return processor
  } catch (error) {
    await session.release()
    throw error
  }
}

async function openOnDevice(
  folder: string,
  about: ModelSize & { readonly version: number; busy: number },
  processor: Processor,
  { chosen, log, patienceMs = PATIENCE_MS }: Loading,
): Promise<LoadedModel> {
  const { provider, why } = chosen
  const known = warmUp(about)
  const device = await openInPieces(folder, about, chosen)
  if (!agree(device.first.scores, (await processor.run(known)).scores)) {
    await device.close()
    throw new Error('its scores are not those of the processor')
  }
  log('debug', `opened model version ${about.version} on ${provider}`, { pid: device.pid })
  const answering = withFallback({
    device,
    provider,
    why,
    onProcessor: processor.run,
    known,
    patienceMs,
    log,
  })
  return {
    ...about,
    get provider() {
      return answering.provider
    },
    get why() {
      return answering.why
    },
    run: answering.run,
    async release() {
      await device.close()
      await processor.release()
    },
  }
}

/**
 * Half of the largest buffer is not too much for one piece (drivers round sizes up); where it is, the least is tried that
 * every adapter must have.
 */
async function openInPieces(folder: string, size: ModelSize, { provider, bufferLimit }: Chosen) {
  const open = (pieceBytes: number) => {
    const model = { graph: servingGraph(size, pieceBytes), folder }
    return openDevice({ model, provider, known: warmUp(size) })
  }
  if (bufferLimit === undefined) return open(Number.POSITIVE_INFINITY)
  return open(bufferLimit / 2).catch((error) => {
    if (Math.min(bufferLimit / 2, size.games * size.targets * 4) <= GUARANTEED_BYTES) throw error
    return open(GUARANTEED_BYTES)
  })
}

/** Up to rounding. Ties may be ranked otherwise, so that games are not compared. */
function agree(found: Float32Array, expected: Float32Array): boolean {
  const greatest = expected.reduce((most, score) => Math.max(most, Math.abs(score)), 1e-6)
  return expected.every((score, at) => Math.abs((found[at] ?? Number.NaN) - score) < 1e-3 * greatest)
}

/** A library of usual size, so that the first player does not pay for memory and kernels. */
function warmUp({ games, targets }: ModelSize): Question {
  const owned = Math.min(200, games)
  return {
    batch: 1,
    owned,
    rows: Int32Array.from({ length: owned }, (_, i) => Math.floor((i * games) / owned)),
    weights: new Float32Array(owned).fill(1),
    played: new Uint8Array(owned).fill(1),
    allowed: new Uint8Array(targets).fill(1),
    count: Math.min(200, targets),
    also: new Int32Array(1),
    explained: false,
  }
}
