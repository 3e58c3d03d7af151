import type { ServerResponse } from 'node:http'
import { Server } from 'node:net'
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
  /** Begins, waits until nothing is left to answer, and refuses new connections from then on. */
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
  const quiet = async (until: number) => {
    for (let looks = 0; looks < QUIET_LOOKS && Date.now() < until; ) {
      await pause(LOOK_MS)
      looks = unanswered.size === 0 ? looks + 1 : 0
    }
  }
  return {
    begin,
    async finish() {
      begin()
      const until = Date.now() + PATIENCE_MS
      await quiet(until)
      // An HTTP server's own `close` would also cut connections whose request is on its way.
      Server.prototype.close.call(server.server)
      await quiet(until)
    },
  }
}
