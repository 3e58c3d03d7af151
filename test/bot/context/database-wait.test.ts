import { once } from 'node:events'
import { createServer, connect as dial, type Server } from 'node:net'
import { afterEach, expect, inject, it } from 'vitest'
import { readConfig } from '../../../bot/config/config.ts'
import { createClosers } from '../../../bot/context/closers.ts'
import { openDatabase } from '../../../bot/context/parts.ts'
import type { Log } from '../../../core/log.ts'
import { testDatabaseAt } from '../../support/postgres/database.ts'

const { url } = await testDatabaseAt()
const closers: ReturnType<typeof createClosers>[] = []
const servers: Server[] = []
afterEach(async () => {
  for (const each of closers.splice(0)) await each.closeAll(() => {})
  for (const server of servers.splice(0)) server.close()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Lets the database be reached at this port, as when it comes back. */
function comeBack(port: number): void {
  const { hostname, port: real } = new URL(inject('postgresUrl'))
  const server = createServer((socket) => {
    const there = dial(Number(real), hostname)
    socket.pipe(there).pipe(socket)
    for (const end of [socket, there]) end.on('error', () => socket.destroy())
  })
  server.listen(port, '127.0.0.1')
  servers.push(server)
}

function open(port: number, log: Log, seconds = '60') {
  const at = new URL(url)
  at.port = String(port)
  const config = readConfig({ DATABASE_URL: at.href, DATABASE_WAIT_SECONDS: seconds })
  const own = createClosers()
  closers.push(own)
  return openDatabase({ config, log, closers: own }, { waiting: true })
}

it('waits for a database that is away, saying so, and goes on when it answers', async () => {
  const port = await freePort()
  const said: string[] = []
  const db = await open(port, (_level, message) => {
    said.push(message)
    if (message.includes('waiting for it up to 60 s (DATABASE_WAIT_SECONDS)')) comeBack(port)
  })
  expect(said).toContain('connected to the database')
  expect(await db.selectFrom('warehouse.game').select('appid').execute()).toEqual([])
})

it('gives up when the time is over', async () => {
  await expect(open(await freePort(), () => {}, '1')).rejects.toThrow('does not answer')
})

it('does not wait where that cannot help', async () => {
  const { port } = new URL(inject('postgresUrl'))
  const config = readConfig({ DATABASE_URL: `postgres://nobody:wrong@127.0.0.1:${port}/nowhere` })
  const own = createClosers()
  closers.push(own)
  const said: string[] = []
  const log: Log = (_level, message) => void said.push(message)
  await expect(openDatabase({ config, log, closers: own }, { waiting: true })).rejects.toThrow()
  expect(said).toEqual([])
})

it('stops waiting when the program stops', async () => {
  const port = await freePort()
  const own = createClosers()
  const config = readConfig({ DATABASE_URL: `postgres://u:p@127.0.0.1:${port}/d` })
  const waiting = Promise.withResolvers<void>()
  const opening = openDatabase({ config, log: () => waiting.resolve(), closers: own }, { waiting: true })
  const failed = expect(opening).rejects.toThrow()
  await waiting.promise
  await own.closeAll(() => {})
  await failed
})
