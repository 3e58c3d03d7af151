import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import fastify from 'fastify'
import { expect, it } from 'vitest'
import { addDraining } from '../../../inference/serving/draining.ts'

it('answers on a connection that was taken before, closes it, and refuses new ones', async () => {
  const server = fastify({ forceCloseConnections: true })
  const draining = addDraining(server)
  server.get('/', async () => 'answered')
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const taken = once(server.server, 'connection')
  const early = connect(port, '127.0.0.1')
  await taken

  const finished = draining.finish()
  early.write('GET / HTTP/1.1\r\nHost: bot\r\n\r\n')
  const answer = await text(early)
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(answer).toMatch(/^connection: close\r$/im)
  expect(answer).toContain('answered')
  await finished
  const late = connect(port, '127.0.0.1')
  const [error] = await once(late, 'error')
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  await server.close()
})
