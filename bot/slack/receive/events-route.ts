import type { FastifyInstance } from 'fastify'
import type { Listener } from './events.ts'

/** Serves Slack's HTTP mode in a scope of its own, where no parser touches the body that Slack has signed. */
export async function mountSlackEvents(server: FastifyInstance, listener: Listener): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.post('/slack/events', (request, reply) => {
      reply.hijack()
      listener(request.raw, reply.raw)
    })
  })
}
