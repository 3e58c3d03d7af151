import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { gameId } from '../core/ids.ts'
import { createScorer } from '../inference/client/client.ts'
import { appids, smallModel } from '../test/support/inference/model.ts'
import { startFleet } from '../test/support/inference/worker-fleet.ts'

/**
 * `node bench/spread.ts [seconds] [parallel]`: three workers under load, and what becomes of the slowest answers when one
 * of them is killed, stops answering, or is slow, a third of the way in.
 */
const [seconds = 6, parallel = 8] = process.argv.slice(2).map(Number)
const SLOW_MS = 300

const model = smallModel(appids(1_000))
const all = model.games.map(gameId)
const library = (number: number) =>
  Array.from({ length: 50 }, (_, i) => ({
    game: gameId(10 * (1 + ((i * 19 + number) % 1_000))),
    minutes: i,
    name: undefined,
  }))

type Trouble = (fleet: Awaited<ReturnType<typeof startFleet>>) => void
const nothing: Trouble = () => {}
await measure('three well', nothing)
await measure('one killed', (fleet) => fleet.kill(1))
await measure('one stops answering', (fleet) => fleet.freeze(1))
await measure(`one ${SLOW_MS} ms slow`, nothing, SLOW_MS)

async function measure(name: string, trouble: Trouble, slowMs = 0): Promise<void> {
  const fleet = await startFleet(3, model)
  const slow = slowMs > 0 ? await startSlow(fleet.urls[1] ?? '', slowMs, seconds * 333) : undefined
  const urls = fleet.urls.map((url, i) => (i === 1 && slow ? slow.url : url))
  const scorer = createScorer({ ...fleet, urls, log: () => {} })
  for (let i = 0; i < 30; i += 1) await scorer.rank(library(i), all, 20)
  const milliseconds: number[] = []
  let failed = 0
  let next = 0
  const until = performance.now() + seconds * 1_000
  const timer = setTimeout(() => trouble(fleet), seconds * 333)
  const client = async () => {
    while (performance.now() < until) {
      const startedAt = performance.now()
      await scorer.rank(library(next++), all, 20).then(
        () => milliseconds.push(performance.now() - startedAt),
        () => failed++,
      )
    }
  }
  await Promise.all(Array.from({ length: parallel }, client))
  clearTimeout(timer)
  milliseconds.sort((a, b) => a - b)
  const at = (share: number) => (milliseconds[Math.floor(milliseconds.length * share)] ?? 0).toFixed(1)
  const tail = `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, p99.9 ${at(0.999)} ms, most ${milliseconds.at(-1)?.toFixed(0)} ms`
  console.log(`${name}: ${milliseconds.length} answers, ${failed} failed; ${tail}`)
  await slow?.stop()
  await fleet.stop()
}

/** Stands before a worker, and is slow from some time on. */
async function startSlow(target: string, slowMs: number, fromMs: number) {
  const from = performance.now() + fromMs
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (performance.now() > from && request.url?.endsWith('/infer')) await delay(slowMs)
    const { 'content-type': type, 'inference-header-content-length': length } = request.headers
    const headers = {
      ...(type && { 'content-type': type }),
      ...(length && { 'inference-header-content-length': String(length) }),
    }
    const body = chunks.length > 0 ? Buffer.concat(chunks) : null
    const answer = await fetch(target + request.url, { method: request.method ?? 'GET', headers, body })
    const answered = answer.headers.get('inference-header-content-length')
    response.writeHead(answer.status, answered ? { 'inference-header-content-length': answered } : {})
    response.end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
