import fastify, { type FastifyInstance } from 'fastify'
import { HTTP_LIMITS, type HttpLimits, limitsForFastify } from '../core/http-limits.ts'
import type { Log } from '../core/log.ts'
import { chooseProvider, type ProviderChoice } from './runtime/session.ts'
import { BATCH_LIMITS, type BatchLimits, createBatcher } from './serving/batching.ts'
import { addDraining } from './serving/draining.ts'
import { addInference } from './serving/infer-route.ts'
import { addModelRoutes } from './serving/model-routes.ts'
import { openStore } from './serving/model-store.ts'
import { refuse } from './serving/refusal.ts'
import { createMetrics } from './serving/worker-metrics.ts'

export type ServerOptions = {
  readonly modelDir: string
  readonly provider: ProviderChoice
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly log: Log
  readonly limits?: Partial<BatchLimits>
  readonly http?: HttpLimits
  /** How often the model folder is looked at for a newer version. */
  readonly pollMs?: number
  /** How long a version that was replaced still answers. */
  readonly graceMs?: number
}

/** 64 libraries' masks over 46,000 games and their rows, with room to spare; as JSON, a few libraries. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

/**
 * The inference worker: Open Inference Protocol v2 over HTTP. Runs without a model, too, and is then not ready. Throws
 * where the provider or the port cannot be had.
 */
export async function startServer(options: ServerOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const { modelDir, provider: choice, host, port, log, limits, pollMs = 1_000, graceMs = 60_000 } = options
  const chosen = await chooseProvider(choice, log)
  const store = await openStore({ modelDir, choice, chosen, log, pollMs, graceMs })
  const batcher = createBatcher({ ...BATCH_LIMITS, ...limits }, (libraries, seconds) => {
    metrics.batch.observe(libraries)
    metrics.runSeconds.observe(seconds)
  })
  const metrics = createMetrics(store, () => batcher.waiting)

  const server = createHttp(log, options.http ?? HTTP_LIMITS)
  const draining = addDraining(server)
  addModelRoutes(server, store, chosen)
  addInference(server, { store, batcher, metrics })
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
  const shutDown = async () => {
    await draining.finish()
    await server.close()
    await store.stop()
  }
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= shutDown()
    return stopped
  }
  try {
    return { url: await server.listen({ host, port }), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Bodies come as bytes, whatever they call themselves; errors go as the protocol's `{"error": "…"}`. */
function createHttp(log: Log, http: HttpLimits): FastifyInstance {
  const server = fastify({
    ...limitsForFastify(http),
    ...{ logger: false, bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true },
    // The protocol's own description has `/v2/`, its text `/v2`.
    routerOptions: { ignoreTrailingSlash: true },
  })
  server.server.maxConnections = http.connections
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: `there is no ${request.method} ${request.url.slice(0, 200)}` }),
  )
  server.setErrorHandler((error, _request, reply) => {
    const { status, message } = refuse(error, log)
    return reply.code(status).send({ error: message })
  })
  return server
}
