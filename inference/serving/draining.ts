import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** Two looks at the network without a request in sight. */
const QUIET_LOOKS = 2
const LOOK_MS = 10
/** Whoever keeps asking is cut off then. */
const PATIENCE_MS = 5_000

export type Draining = {
  /** From now on each answer closes its connection, so that the next request goes to another server. */
  begin(): void
  /** Begins, then waits until nothing is left to answer. */
  finish(): Promise<void>
}

/**
 * Lets a server stop without dropping what is on its way: a connection whose request has not been read yet looks idle
 * and would be cut.
 */
export function addDraining(server: FastifyInstance): Draining {
  const unanswered = new Set<ServerResponse>()
  let stopping = false
  server.addHook('onRequest', async (_request, reply) => {
    unanswered.add(reply.raw)
    reply.raw.once('close', () => unanswered.delete(reply.raw))
    if (stopping) reply.raw.shouldKeepAlive = false
  })
  const begin = () => {
    stopping = true
    for (const response of unanswered) response.shouldKeepAlive = false
  }
  return {
    begin,
    async finish() {
      begin()
      const until = Date.now() + PATIENCE_MS
      for (let quiet = 0; quiet < QUIET_LOOKS && Date.now() < until; ) {
        await pause(LOOK_MS)
        quiet = unanswered.size === 0 ? quiet + 1 : 0
      }
    },
  }
}
