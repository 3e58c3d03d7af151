import { createServer, type RequestListener, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import { createScorer, type ScorerOptions } from '../../../inference/client/client.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { publishModel, smallModel } from '../../support/inference/model.ts'
import { keepLog, startTestWorker } from '../../support/inference/worker.ts'
import { answeredBy, startFleet } from '../../support/inference/worker-fleet.ts'

const model = smallModel()
const all = model.games.map(gameId)
const mine = [10, 40, 180].map((game) => ({ game: gameId(game), minutes: 5, name: undefined }))

function scorerOf(options: Pick<ScorerOptions, 'urls' | 'modelDir'> & Partial<ScorerOptions>) {
  const { log, lines } = keepLog()
  const scorer = createScorer({ restMs: 100, ...options, log })
  return { lines, rank: () => scorer.rank(mine, all, 5), health: scorer.health }
}

/** So many requests, so many at a time; `at` is told how many are done. Throws where one fails. */
async function load(
  rank: () => Promise<readonly { readonly game: number }[]>,
  { requests = 300, parallel = 6, at = (_done: number): void => {} } = {},
) {
  const expected = (await rank()).map(({ game }) => game)
  let begun = 0
  let done = 0
  const client = async () => {
    while (begun < requests) {
      begun += 1
      expect((await rank()).map(({ game }) => game)).toEqual(expected)
      at(++done)
    }
  }
  await Promise.all(Array.from({ length: parallel }, client))
  expect(done).toBe(requests)
}

/** Stands before a server. */
async function proxy(target: string, before: (url: string) => Promise<number | undefined>) {
  const listener: RequestListener = async (request, response) => {
    const status = await before(request.url ?? '')
    if (status !== undefined) {
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":"not now"}')
      return
    }
    const { method, headers } = request
    const onward = send(`${target}${request.url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  }
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const isInference = (url: string) => url.endsWith('/infer')

let fleet: Awaited<ReturnType<typeof startFleet>>

beforeAll(async () => {
  fleet = await startFleet(3)
})

afterAll(() => fleet.stop())

/** As they were, whatever a test has done to them. */
afterEach(() => {
  for (const one of [0, 1, 2]) fleet.thaw(one)
})

describe('three workers', () => {
  it('share the load, and no answer fails when one is killed in the middle of it', async () => {
    const fleet = await startFleet(3)
    onTestFinished(fleet.stop)
    const { rank, lines } = scorerOf(fleet)
    await load(rank, { at: (done) => done === 150 && fleet.kill(1) })
    const shares = await Promise.all([0, 2].map((one) => answeredBy(fleet.urls[one] ?? '')))
    for (const share of shares) expect(share).toBeGreaterThan(60)
    expect(lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { message: 'pausing requests to an inference server' },
    ])
  })

  it('fail no answer when one stops answering, and take it back when it goes on', async () => {
    const { rank, lines } = scorerOf({ ...fleet, timeoutMs: 1_500 })
    await load(rank, { at: (done) => done === 100 && fleet.freeze(1) })
    // A quick load is over before the stopped one has failed three times: it keeps what it has in hand for so long.
    const warned = () => lines.filter(({ level }) => level === 'warn').length
    for (let more = 0; more < 20 && warned() === 0; more += 1) await load(rank, { requests: 30 })
    expect(warned()).toBe(1)
    fleet.thaw(1)
    await expect
      .poll(async () => {
        await rank()
        return lines.some(({ message }) => message === 'an inference server answers again')
      })
      .toBe(true)
    const before = await answeredBy(fleet.urls[1] ?? '')
    await load(rank, { requests: 60 })
    expect((await answeredBy(fleet.urls[1] ?? '')) - before).toBeGreaterThan(5)
  })

  it('leave little to one that is slow', async () => {
    const before = await answeredBy(fleet.urls[0] ?? '')
    const slow = await proxy(fleet.urls[0] ?? '', async (url) => {
      if (isInference(url)) await delay(100)
      return undefined
    })
    const { rank } = scorerOf({ ...fleet, urls: [slow, ...fleet.urls.slice(1)] })
    await load(rank)
    expect((await answeredBy(fleet.urls[0] ?? '')) - before).toBeLessThan(50)
  })

  it('are unavailable within the deadline when all stop answering, and back when they go on', async () => {
    const { rank, health } = scorerOf({ ...fleet, timeoutMs: 600 })
    await rank()
    for (const one of [0, 1, 2]) fleet.freeze(one)
    for (let i = 0; i < 6; i += 1) {
      const startedAt = performance.now()
      await expect(rank()).rejects.toMatchObject({ party: 'inference' })
      // Frozen servers would keep it for ever.
      expect(performance.now() - startedAt).toBeLessThan(10_000)
    }
    expect((await health()).ok).toBe(false)
    for (const one of [0, 1, 2]) fleet.thaw(one)
    await expect
      .poll(() =>
        rank().then(
          (picks) => picks.length,
          () => 0,
        ),
      )
      .toBe(5)
  })
})

describe('two servers', () => {
  async function start(before: (url: string) => Promise<number | undefined>) {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const [one, other] = [await startTestWorker(modelDir), await startTestWorker(modelDir)]
    let asked = 0
    const url = await proxy(one.url, async (path) => {
      if (isInference(path)) asked += 1
      return before(path)
    })
    return { asked: () => asked, ...scorerOf({ urls: [url, other.url], modelDir, restMs: 60_000 }) }
  }

  it.each([500, 503])('answer where one says %i, which is left alone after three', async (status) => {
    const { rank, asked, lines } = await start(async (path) => (isInference(path) ? status : undefined))
    await load(rank, { requests: 40, parallel: 1 })
    expect(asked()).toBe(3)
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
  })

  it('go on being asked where one finds fault with a request: that is an answer', async () => {
    const { rank, asked, lines } = await start(async (path) => (isInference(path) ? 422 : undefined))
    await load(rank, { requests: 20, parallel: 1 })
    expect(asked()).toBeGreaterThan(8)
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([])
  })

  it('are not left alone both', async () => {
    let well = false
    const { rank } = await start(async () => (well ? undefined : 500))
    await load(rank, { requests: 10, parallel: 1 })
    well = true
    await load(rank, { requests: 10, parallel: 1 })
  })
})

describe('one name with several addresses', () => {
  it('is as many servers, which are called by that name and may come and go', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const first = await startTestWorker(modelDir, { host: '127.0.0.1' })
    const { port } = new URL(first.url)
    const others = [
      await startTestWorker(modelDir, { host: '127.0.0.2', port: Number(port) }),
      await startTestWorker(modelDir, { host: '127.0.0.3', port: Number(port) }),
    ]
    const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3']
    const { rank, health } = scorerOf({
      ...{ modelDir, urls: [`http://inference.test:${port}`] },
      lookUp: async (name) => (name === 'inference.test' ? addresses : []),
    })
    await load(rank, { requests: 60 })
    for (const { url } of [first, ...others]) expect(await answeredBy(url)).toBeGreaterThan(10)
    expect(await health()).toEqual({ ok: true, detail: '3 of 3 ready' })
  })

  it('whose addresses nobody tells in time is asked by its name', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const { url } = await startTestWorker(modelDir)
    const named = url.replace('127.0.0.1', 'localhost')
    const { rank } = scorerOf({ modelDir, urls: [named], lookUp: () => new Promise(() => {}) })
    expect(await rank()).toHaveLength(5)
  })

  it('is asked by its name where it has one address, or none that can be found', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const { url } = await startTestWorker(modelDir)
    const named = url.replace('127.0.0.1', 'localhost')
    const one = scorerOf({ modelDir, urls: [named], lookUp: async () => ['127.0.0.1'] })
    expect(await one.rank()).toHaveLength(5)
    const lost = scorerOf({ modelDir, urls: [named], lookUp: () => Promise.reject(new Error('ENOTFOUND')) })
    expect(await lost.rank()).toHaveLength(5)
  })
})
