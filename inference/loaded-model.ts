import path from 'node:path'
import type { Log } from '../core/log.ts'
import { FILES } from './manifest.ts'
import { readVocabulary, verify } from './model-files.ts'
import { type Answer, type Question, toFeeds } from './question.ts'
import { type Chosen, openSession, type ProviderChoice } from './session.ts'

/** One version of the model, ready to answer. */
export type LoadedModel = Chosen & {
  readonly version: number
  readonly games: number
  /** Questions that are waiting or running; the model is kept as long as there are any. */
  busy: number
  /** Blocks the event loop while it runs. */
  run(question: Question): Promise<Answer>
  release(): Promise<void>
}

export type Loading = { readonly choice: ProviderChoice; readonly chosen: Chosen; readonly log: Log }

/** Checks a version's files, opens it and runs it once. Throws one sentence where it is not fit to serve. */
export async function loadModel(folder: string, version: number, loading: Loading): Promise<LoadedModel> {
  await verify(folder)
  const games = (await readVocabulary(folder)).games.length
  const file = path.join(folder, FILES.model)
  const { choice, chosen, log } = loading
  try {
    return await openModel(file, { version, games, ...chosen })
  } catch (error) {
    // A model may be too large for the GPU that runs smaller ones.
    if (choice !== 'auto' || chosen.provider === 'cpu') throw error
    const why = `${chosen.provider} cannot run this model: ${(error as Error).message}`
    log('warn', `inference falls back to cpu for model version ${version}`, { why })
    return openModel(file, { version, games, provider: 'cpu', why })
  }
}

/** Threads that spin until the next request took 19 ms of processor time for each at 20 a second, and 5 without that. */
const SERVING = { extra: { session: { intra_op: { allow_spinning: '0' } } } }

async function openModel(
  file: string,
  about: Pick<LoadedModel, 'version' | 'games' | 'provider' | 'why'>,
): Promise<LoadedModel> {
  const session = await openSession(file, about.provider, SERVING)
  const run = async (question: Question): Promise<Answer> => {
    const { games, scores, contributions } = await session.run(toFeeds(question))
    return {
      games: games?.data as BigInt64Array,
      scores: scores?.data as Float32Array,
      contributions: contributions?.data as Float32Array,
    }
  }
  try {
    await run(warmUp(about.games))
  } catch (error) {
    await session.release()
    throw error
  }
  return { ...about, busy: 0, run, release: () => session.release() }
}

/** A library of usual size, so that the first player does not pay for memory and kernels. */
function warmUp(games: number): Question {
  const owned = Math.min(200, games)
  return {
    batch: 1,
    owned,
    rows: Int32Array.from({ length: owned }, (_, i) => Math.floor((i * games) / owned)),
    weights: new Float32Array(owned).fill(1),
    allowed: new Uint8Array(games).fill(1),
    count: Math.min(60, games),
  }
}
