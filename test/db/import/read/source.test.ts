import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { importBlocklist } from '../../../../db/import/blocklist.ts'
import { GAME_FORMATS } from '../../../../db/import/games/game-formats.ts'
import { openFile } from '../../../../db/import/read/read-file.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: Error) => error.message,
  )

it('an address is read like a file, and its query stays unsaid', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/moved')
      response.writeHead(302, { location: '/lists/blocked.gz?token=secret' }).end()
    else response.end(gzipSync('10\n20\n'))
  })
  const seen: string[] = []
  const onRead = (name: string, read: number, total: number | undefined) =>
    seen.push(`${name} ${read}/${total}`)
  const [summary] = await importBlocklist(db, [`${origin}/moved?token=secret`], { onRead })
  expect(summary).toMatchObject({ added: 2 })
  expect(JSON.stringify([summary, seen])).not.toContain('secret')
  expect(summary?.name).toBe(`${origin.slice('http://'.length)}/moved`)
})

it('an answer that is no file is named with its status, without the query', async () => {
  const origin = await serve((_, response) => response.writeHead(404).end('<html>'))
  const message = await errorOf(importBlocklist(db, [`${origin}/gone.csv?key=secret`]))
  expect(message).toBe(`${origin.slice('http://'.length)}/gone.csv answered 404 instead of a file.`)
})

it('a connection that breaks off imports nothing', async () => {
  const origin = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100000' })
    response.write('30\n40\n', () => response.destroy())
  })
  expect(await errorOf(importBlocklist(db, [`${origin}/list`]))).toContain('broke off; nothing was imported')
  const rows = await db
    .selectFrom('warehouse.blocked_game')
    .select('appid')
    .where('appid', 'in', [30, 40])
    .execute()
  expect(rows).toEqual([])
})

it('a server that is not there, and a password in an address, are one sentence', async () => {
  expect(await errorOf(importBlocklist(db, ['http://127.0.0.1:1/x?key=secret']))).toBe(
    '127.0.0.1:1/x could not be reached; check the address and the network.',
  )
  const message = await errorOf(importBlocklist(db, ['https://me:hunter2@data.example/x']))
  expect(message).toContain('download the file and import it by path')
  expect(message).not.toContain('hunter2')
})

it('a download of the wrong kind is dropped, not read to its end', async () => {
  let closed = () => {}
  const hungUp = new Promise<void>((resolve) => {
    closed = resolve
  })
  const origin = await serve((request, response) => {
    request.socket.once('close', closed)
    response.write(`<!doctype html>${'x'.repeat(70_000)}`)
  })
  expect(await errorOf(openFile(`${origin}/page`, GAME_FORMATS))).toContain('is a web page')
  await hungUp
})
