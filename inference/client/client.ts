import type { GameId } from '../../core/ids.ts'
import type { Log } from '../../core/log.ts'
import type { WeightedGame } from '../../core/players/library.ts'
import type { Ranked, Scorer } from '../../core/recommend/scorer.ts'
import { Unavailable } from '../../core/unavailable.ts'
import { versions } from '../model/model-files.ts'
import { createAddresses, type LookUp } from './addresses.ts'
import { createEndpoint, type Endpoint, HttpError } from './endpoint.ts'
import { createFleet } from './fleet.ts'
import { questionTensors, readRanking, toQuestion } from './ranking.ts'
import { createVocabularies } from './vocabularies.ts'

export type ScorerOptions = {
  /** One or several servers with the same models; a name that has several addresses is as many. */
  readonly urls: readonly string[]
  readonly modelDir: string
  /** For one call of `rank`, with its second try on another server. */
  readonly timeoutMs?: number
  readonly log: Log
  readonly lookUp?: LookUp
  /** How long a server that failed is left alone at first. */
  readonly restMs?: number
}

export type ModelScorer = Scorer & {
  /** Whether any server answers with a model, or none has been trained yet. Never throws. */
  health(): Promise<{ readonly ok: boolean; readonly detail: string }>
  /** What the servers that answer compute on, each once. Never throws. */
  providers(): Promise<readonly string[]>
}

type Library = {
  readonly owned: readonly WeightedGame[]
  readonly allowed: readonly GameId[]
  readonly limit: number
}

/** Scores through the inference worker, or any server of the Open Inference Protocol v2 on the same model folder. */
export function createScorer({ modelDir, timeoutMs = 3_000, ...options }: ScorerOptions): ModelScorer {
  const endpoints = endpointsOf(modelDir, options)
  const fleet = createFleet({ ...options, endpoints, timeoutMs })
  return {
    async rank(owned, allowed, limit) {
      const library = { owned, allowed, limit }
      return fleet
        .run((endpoint, signal) => rankOn(endpoint, library, signal))
        .catch(async (failure: unknown) => {
          throw new Unavailable((await hasModel(modelDir)) ? 'inference' : 'model', failure)
        })
    },
    async health() {
      const found = await healthOf(await endpoints(), timeoutMs)
      return found.ok || (await hasModel(modelDir)) ? found : WITHOUT_MODEL
    },
    providers: async () => providersOf(await endpoints(), timeoutMs),
  }
}

/** Every command is answered even so. */
const WITHOUT_MODEL = { ok: true, detail: 'no model yet: picks come from tags and reviews' }

/** Whether any version stands in the folder. What cannot be told counts as one. */
async function hasModel(modelDir: string): Promise<boolean> {
  const found = await versions(modelDir).catch(() => undefined)
  return found === undefined || found.length > 0
}

/** The same object for the same address, for as long as there is one. */
function endpointsOf(modelDir: string, options: Pick<ScorerOptions, 'urls' | 'log' | 'lookUp'>) {
  const vocabularies = createVocabularies(modelDir)
  const addresses = createAddresses(options)
  let known = new Map<string, Endpoint>()
  return async (): Promise<readonly Endpoint[]> => {
    const present = await addresses.current()
    known = new Map(present.map((url) => [url, known.get(url) ?? createEndpoint(url, vocabularies)]))
    return [...known.values()]
  }
}

/** Statuses by which a server says that it no longer has a version; Triton's differ from release to release. */
const VERSION_GONE = [400, 404, 503]

/** Where the known version has nothing to say or is gone, a newer one may help; then once more. */
async function rankOn(endpoint: Endpoint, library: Library, signal: AbortSignal): Promise<Ranked[]> {
  try {
    const ranked = await rankOnce(endpoint, library, signal)
    if (ranked.length > 0 || !(await endpoint.renew(signal))) return ranked
  } catch (error) {
    const gone = error instanceof HttpError && VERSION_GONE.includes(error.status)
    if (!gone || !(await endpoint.renew(signal))) throw error
  }
  return rankOnce(endpoint, library, signal)
}

async function rankOnce(endpoint: Endpoint, library: Library, signal: AbortSignal): Promise<Ranked[]> {
  const { version, ...model } = await endpoint.version(signal)
  const { owned, allowed, limit } = library
  const known = model.vocabulary.encode(owned)
  const question = toQuestion(model, known, allowed, limit)
  if (!question) return []
  const answer = await endpoint.infer(version, questionTensors(question), signal)
  return readRanking(answer, question, model, known, limit)
}

async function providersOf(endpoints: readonly Endpoint[], timeoutMs: number): Promise<readonly string[]> {
  const told = await Promise.all(
    endpoints.map((each) => each.provider(AbortSignal.timeout(timeoutMs)).catch(() => undefined)),
  )
  return [...new Set(told.filter((provider) => provider !== undefined))]
}

async function healthOf(endpoints: readonly Endpoint[], timeoutMs: number) {
  const problems = await Promise.all(endpoints.map((each) => each.problem(AbortSignal.timeout(timeoutMs))))
  const ready = problems.filter((problem) => problem === undefined).length
  const detail = ready > 0 ? `${ready} of ${endpoints.length} ready` : (problems[0] ?? 'none is configured')
  return { ok: ready > 0, detail }
}
