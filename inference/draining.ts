import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** Two looks at the network without a request in sight. */
const QUIET_LOOKS = 2
const LOOK_MS = 10
/** Whoever keeps asking is cut off then. */
const PATIENCE_MS = 5_000

/**
 * Lets a server stop without dropping what is on its way: a connection whose request has not been read yet looks idle
 * and would be cut. Returns the function that waits until nothing is left; from its call on, connections are not kept.
 */
export function addDraining(server: FastifyInstance): () => Promise<void> {
  let inFlight = 0
  let stopping = false
  server.addHook('onRequest', async () => {
    inFlight += 1
  })
  server.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close')
  })
  server.addHook('onResponse', async () => {
    inFlight -= 1
  })
  return async () => {
    stopping = true
    const until = Date.now() + PATIENCE_MS
    for (let quiet = 0; quiet < QUIET_LOOKS && Date.now() < until; ) {
      await pause(LOOK_MS)
      quiet = inFlight === 0 ? quiet + 1 : 0
    }
  }
}
