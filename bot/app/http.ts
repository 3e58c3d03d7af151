import { setTimeout as pause } from 'node:timers/promises'
import fastify, { type FastifyInstance, type RouteOptions } from 'fastify'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { HTTP_LIMITS, type HttpLimits, limitsForFastify } from '../../core/http-limits.ts'
import { withinDeadline } from '../../db/postgres/deadline.ts'
import { addDraining } from '../../inference/serving/draining.ts'
import type { Health } from '../platform/health.ts'
import { mountSteamLogin, type SteamLogin } from '../platform/steam-login.ts'
import { PAGE_HEADERS, renderPage } from '../platform/web-page.ts'
import { explainPort } from './port.ts'

/** Adds routes to the server. */
export type Mount = (server: FastifyInstance) => void | Promise<void>

export type HttpOptions = {
  readonly host: string
  readonly port: number
  readonly health: Health
  /** The sign-in through Steam, where people can reach us. */
  readonly steamLogin?: SteamLogin | undefined
  /** The platforms' own routes. */
  readonly mounts?: readonly Mount[]
  /** Where people can try it; undefined: there is none. */
  readonly page?: Mount | undefined
  /** What other parts count, shown beside the process's own figures. */
  readonly registry?: Registry
  readonly limits?: HttpLimits
  /** Serves the metrics on a port of their own, which no balancer leads to. */
  readonly metricsPort?: number | undefined
  /** The address of the worker that this program has started, whose port is any; undefined: workers run elsewhere. */
  readonly ownWorker?: string | undefined
  /** For so long after `drain` new requests are still answered: until a balancer has seen that none should come. */
  readonly graceMs?: number
}

export type Http = {
  readonly url: string
  /** Where the metrics are. */
  readonly metricsUrl: string
  /** Says that it is not ready, goes on for the grace time, then answers what is left. */
  drain(): Promise<void>
  /** Drains, then closes. */
  stop(): Promise<void>
}

/** Health, metrics, the playground and the platforms' routes. Port 0 takes a free one. Throws where the port is taken. */
export async function startHttp(options: HttpOptions): Promise<Http> {
  const { registry = new Registry(), limits = HTTP_LIMITS, graceMs = 0 } = options
  const server = openServer(limits)
  const draining = addDraining(server)
  let drained: Promise<void> | undefined
  collectDefaultMetrics({ register: registry })
  server.get('/health/live', async () => ({ ok: true }))
  server.get('/health/ready', async (_request, reply) => {
    const parts = { ...(await options.health()), ...(drained && STOPPING) }
    const ok = Object.values(parts).every((part) => part.ok)
    return reply.code(ok ? 200 : 503).send({ ok, parts })
  })
  // Whether to send requests here: without a worker or a database they still get an answer.
  server.get('/health/accepting', async (_request, reply) =>
    reply.code(drained ? 503 : 200).send({ ok: drained === undefined }),
  )
  const apart = options.metricsPort === undefined ? undefined : openServer(limits)
  mountMetrics(apart ?? server, registry, options.ownWorker)
  if (options.steamLogin) mountSteamLogin(server, options.steamLogin)
  for (const mount of options.mounts ?? []) await mount(server)
  await (options.page ?? mountClosedPage)(server)
  const { host, port } = options
  const url = await server
    .listen({ host, port })
    .catch((error) => explainPort(error, { host, port, setting: 'HTTP_PORT' }))
  const metricsUrl = apart
    ? await listenApart(apart, host, options.metricsPort ?? 0).catch(async (error: unknown) => {
        // Nobody else would close it, and the process would not end.
        await server.close()
        throw error
      })
    : url
  const drain = () => {
    drained ??= (async () => {
      draining.begin()
      await pause(graceMs)
      await draining.finish()
    })()
    return drained
  }
  return {
    ...{ url, metricsUrl, drain },
    async stop() {
      await drain()
      await Promise.all([server.close(), apart?.close()])
    },
  }
}

const STOPPING = { http: { ok: false, detail: 'stopping' } }

function openServer(limits: HttpLimits): FastifyInstance {
  const server = fastify({ logger: false, forceCloseConnections: true, ...limitsForFastify(limits) })
  server.addHook('onRoute', limitWaiting)
  server.server.maxConnections = limits.connections
  return server
}

function listenApart(server: FastifyInstance, host: string, port: number): Promise<string> {
  return server
    .listen({ host, port })
    .catch((error) => explainPort(error, { host, port, setting: 'METRICS_PORT' }))
}

/** No request waits long for the database. Commands, whose answers come later, have a limit of their own. */
function limitWaiting(route: RouteOptions): void {
  const { handler } = route
  route.handler = function (request, reply) {
    return withinDeadline(() => handler.call(this, request, reply))
  }
}

/** The figures of this process, and of its own worker at an address that does not change. */
function mountMetrics(server: FastifyInstance, registry: Registry, worker: string | undefined): void {
  server.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
  server.get('/metrics/inference', async (_request, reply) => {
    if (worker === undefined)
      return reply
        .code(404)
        .send({ problem: 'the workers that INFERENCE_URL names serve /metrics themselves' })
    try {
      const response = await fetch(`${worker}/metrics`, { signal: AbortSignal.timeout(WORKER_MS) })
      return reply.type(response.headers.get('content-type') ?? 'text/plain').send(await response.text())
    } catch {
      return reply.code(503).send({ problem: 'the worker does not answer' })
    }
  })
}

/** Prometheus itself waits for ten seconds. */
const WORKER_MS = 5_000

/** In place of the playground: what to set to have it. */
function mountClosedPage(server: FastifyInstance): void {
  const title = 'Indiescout is running'
  const sentence =
    'The playground is off because other machines can reach this address. Set PLAYGROUND_TOKEN to a secret of at least 16 characters and restart to turn it on.'
  server.get('/', (_request, reply) =>
    reply
      .code(403)
      .headers(PAGE_HEADERS)
      .send(renderPage({ language: 'en', title, sentence })),
  )
}
