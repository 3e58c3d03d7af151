import { z } from 'zod'
import { MODEL } from '../model/model-files.ts'
import { decodeResponse, encodeRequest, HEADER_LENGTH } from '../protocol/protocol.ts'
import type { NamedTensor } from '../protocol/tensors.ts'
import { type RankingModel, WANTED } from './ranking.ts'
import type { Vocabularies } from './vocabularies.ts'

/** A version that a server offers and whose vocabulary we have. */
type Version = RankingModel & { readonly version: number }

/** One server that speaks the Open Inference Protocol v2: our worker, or Triton or KServe on the same model folder. */
export type Endpoint = {
  /** For the log. */
  readonly name: string
  /** The version to ask, as known so far; the newest that both sides have where none is known yet. */
  version(signal: AbortSignal): Promise<Version>
  /** Asks the server again which versions it has; false where that changes nothing. */
  renew(signal: AbortSignal): Promise<boolean>
  /** Gives the outputs that a ranking is read from. Throws `HttpError` on an answer other than 200. */
  infer(version: number, inputs: readonly NamedTensor[], signal: AbortSignal): Promise<NamedTensor[]>
  /** Undefined when it is ready, otherwise why it is not. */
  problem(signal: AbortSignal): Promise<string | undefined>
  /** What it computes on, where it tells, as our worker does. */
  provider(signal: AbortSignal): Promise<string | undefined>
}

export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const server = z.object({ extensions: z.array(z.string()).default([]) })
const metadata = z.object({ versions: z.array(z.string().regex(/^\d{1,15}$/)).min(1) })
const parameters = z.object({ parameters: z.object({ provider: z.string().max(40).optional() }) })
const fault = z.object({ error: z.string() })

/** Everything a server says is read up to here; a full answer of a thousand picks is a tenth of it. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024

/** https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/protocol/extension_binary_data.html */
const BINARY = 'binary_tensor_data'

export function createEndpoint(url: string, vocabularies: Vocabularies): Endpoint {
  const root = `${url.replace(/\/+$/, '')}/v2`
  const base = `${root}/models/${MODEL}`
  let current: Version | undefined
  let binary: boolean | undefined

  const renew = async (signal: AbortSignal) => {
    binary = server.parse(await readJson(await ask(root, { signal }))).extensions.includes(BINARY)
    const { versions } = metadata.parse(await readJson(await ask(base, { signal })))
    const before = current
    current = await newestKnown(vocabularies, versions.map(Number), before)
    return current !== before
  }
  return {
    name: new URL(url).host,
    renew,
    async version(signal) {
      if (!current) await renew(signal)
      if (!current) throw new Error('the server offers no version')
      return current
    },
    async infer(version, inputs, signal) {
      const { body, headers } = encodeRequest(inputs, { outputs: WANTED, binary })
      const request = { method: 'POST', body: body as Uint8Array<ArrayBuffer>, headers, signal }
      const response = await ask(`${base}/versions/${version}/infer`, request)
      return decodeResponse(await readBytes(response), response.headers.get(HEADER_LENGTH) ?? undefined)
    },
    problem: (signal) =>
      ask(`${base}/ready`, { signal }).then(
        (response) => response.body?.cancel().then(() => undefined),
        (error: Error) => error.message,
      ),
    async provider(signal) {
      const told = parameters.safeParse(await readJson(await ask(base, { signal })))
      return told.data?.parameters.provider
    },
  }
}

/** A folder may lag behind the server, or the server behind the folder: the newest that both have. */
async function newestKnown(
  vocabularies: Vocabularies,
  offered: readonly number[],
  before: Version | undefined,
) {
  let problem: unknown
  for (const version of offered.toSorted((a, b) => b - a)) {
    if (version === before?.version) return before
    try {
      return { version, ...(await vocabularies.of(version)) }
    } catch (error) {
      problem ??= error
    }
  }
  throw problem
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error' })
  if (response.ok) return response
  const said = fault.safeParse(await readJson(response).catch(() => undefined))
  throw new HttpError(
    response.status,
    said.success ? said.data.error.slice(0, 300) : `HTTP ${response.status}`,
  )
}

async function readJson(response: Response): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await readBytes(response)))
}

async function readBytes(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MAX_ANSWER_BYTES) throw new Error('the answer is too large')
  }
  return Buffer.concat(chunks)
}
