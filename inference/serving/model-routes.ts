import type { FastifyInstance } from 'fastify'
import { MODEL } from '../model/model-files.ts'
import { signature } from '../model/question.ts'
import type { Chosen } from '../runtime/session.ts'
import type { LoadedModel } from './loaded-model.ts'
import type { ModelStore } from './model-store.ts'
import { Refusal } from './refusal.ts'

export type ModelParams = { readonly model: string; readonly version?: string }

/** The parts of the protocol that tell of the server and its model, and make it look for a newer one. */
export function addModelRoutes(server: FastifyInstance, store: ModelStore, chosen: Chosen): void {
  server.get('/v2', async () => ({
    name: 'indiescout',
    version: '1',
    extensions: ['binary_tensor_data', 'model_repository'],
  }))
  server.get('/v2/health/live', async () => ({ live: true }))
  server.get('/v2/health/ready', async () => {
    const { provider } = findModel(store, { model: MODEL })
    return { ready: true, provider }
  })
  for (const path of ['/v2/models/:model', '/v2/models/:model/versions/:version']) {
    server.get<{ Params: ModelParams }>(path, async ({ params }) =>
      metadata(store, findModel(store, params), chosen),
    )
    server.get<{ Params: ModelParams }>(`${path}/ready`, async ({ params }) => {
      const { version } = findModel(store, params)
      return { name: MODEL, version: String(version), ready: true }
    })
  }
  server.post<{ Params: ModelParams }>('/v2/repository/models/:model/load', async ({ params }) => {
    checkName(params.model)
    await store.refresh()
    const { version } = findModel(store, params)
    const newer = [...store.refused()].filter(([refused]) => refused > version)
    if (newer.length > 0) throw new Refusal(400, newer.map(([v, why]) => `version ${v}: ${why}`).join('; '))
    return {}
  })
}

/** The version that was named, or the current one. Throws `Refusal`: 404 what there is not, 503 what is yet to come. */
export function findModel(store: ModelStore, { model, version }: ModelParams): LoadedModel {
  checkName(model)
  const current = store.current()
  if (!current) throw new Refusal(503, noModel(store))
  if (version === undefined) return current
  const found = store.loaded().find((entry) => String(entry.version) === version)
  if (!found) {
    throw new Refusal(404, `version ${version.slice(0, 20)} is not loaded; version ${current.version} is`)
  }
  return found
}

function checkName(model: string): void {
  if (model !== MODEL)
    throw new Refusal(404, `there is no model "${model.slice(0, 100)}"; there is "${MODEL}"`)
}

function noModel(store: ModelStore): string {
  const refused = [...store.refused()].map(([version, why]) => `version ${version} was refused: ${why}`)
  return refused.length > 0
    ? `no model can be served (${refused.join('; ')})`
    : 'there is no model yet: npm run train makes one'
}

function metadata(store: ModelStore, model: LoadedModel, chosen: Chosen) {
  const { games, targets, provider, why } = model
  return {
    name: MODEL,
    versions: store.loaded().map(({ version }) => String(version)),
    platform: 'onnxruntime_onnx',
    ...signature(model),
    parameters: { provider, provider_reason: why, provider_chosen: chosen.provider, games, targets },
  }
}
