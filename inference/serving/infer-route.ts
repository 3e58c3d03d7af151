import type { FastifyInstance } from 'fastify'
import { MODEL } from '../model/model-files.ts'
import { OUTPUTS, type Output, readQuestion, toTensors } from '../model/question.ts'
import {
  decodeRequest,
  encodeResponse,
  HEADER_LENGTH,
  type InferRequest,
  type Message,
} from '../protocol/protocol.ts'
import { BadTensor, type NamedTensor } from '../protocol/tensors.ts'
import type { Batcher } from './batching.ts'
import type { LoadedModel } from './loaded-model.ts'
import { findModel, type ModelParams } from './model-routes.ts'
import type { ModelStore } from './model-store.ts'
import type { WorkerMetrics } from './worker-metrics.ts'

type Parts = { readonly store: ModelStore; readonly batcher: Batcher; readonly metrics: WorkerMetrics }

/** `POST …/infer`, for the current version and for one that is named. */
export function addInference(server: FastifyInstance, { store, batcher, metrics }: Parts): void {
  for (const path of ['/v2/models/:model/infer', '/v2/models/:model/versions/:version/infer']) {
    server.post<{ Params: ModelParams; Body: Uint8Array | undefined }>(path, {
      handler: async ({ params, body, headers }, reply) => {
        const model = findModel(store, params)
        const length = headers[HEADER_LENGTH]
        const request = decodeRequest(body ?? new Uint8Array(), Array.isArray(length) ? length[0] : length)
        const answer = await infer(batcher, model, request)
        return reply.headers(answer.headers).send(answer.body)
      },
      onResponse: async (_request, reply) => {
        metrics.requests.inc({ status: reply.statusCode })
        metrics.seconds.observe(reply.elapsedTime / 1000)
      },
    })
  }
}

async function infer(batcher: Batcher, model: LoadedModel, request: InferRequest): Promise<Message> {
  const wanted = (request.outputs ?? OUTPUTS.map((name) => ({ name, binary: request.binary }))).map(
    ({ name, binary }) => ({ name: outputNamed(name), binary }),
  )
  const question = readQuestion(
    request.inputs,
    wanted.map(({ name }) => name),
    model,
  )
  const tensors = toTensors(question, await batcher.ask(model, question))
  return encodeResponse(
    { id: request.id, model: MODEL, version: model.version },
    wanted.map(({ name, binary }) => ({ tensor: named(tensors, name), binary })),
  )
}

function outputNamed(name: string): Output {
  const output = OUTPUTS.find((known) => known === name)
  if (!output) throw new BadTensor(`the model has no output "${name}"; it gives ${OUTPUTS.join(', ')}`)
  return output
}

function named(tensors: readonly NamedTensor[], name: Output): NamedTensor {
  const tensor = tensors.find((entry) => entry.name === name)
  if (!tensor) throw new Error(`no output ${name}`)
  return tensor
}
