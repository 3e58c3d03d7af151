/** How long our servers wait for whoever is connected, in milliseconds: for Fastify, but for what it hands on to Node. */
export type HttpLimits = {
  /** For the headers of a request, from the connection on. */
  readonly headersMs: number
  /** For a whole request. */
  readonly requestMs: number
  /** Without a byte in either direction, while an answer is made too. */
  readonly silenceMs: number
  /** Between two requests: longer than balancers keep a connection, so that it is they who close it. */
  readonly idleMs: number
  /** More are closed at once. */
  readonly connections: number
}

export const HTTP_LIMITS: HttpLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  silenceMs: 120_000,
  idleMs: 65_000,
  connections: 1_000,
}

/** As Fastify wants them; `connections` goes to its server. */
export function limitsForFastify({ headersMs, requestMs, silenceMs, idleMs }: HttpLimits) {
  return {
    requestTimeout: requestMs,
    connectionTimeout: silenceMs,
    keepAliveTimeout: idleMs,
    // Node looks that often for those who are too slow.
    http: { headersTimeout: headersMs, connectionsCheckingInterval: Math.ceil(headersMs / 5) },
  }
}
