import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type GameId, gameId } from '../../../core/ids.ts'
import { createScorer } from '../../../inference/client/client.ts'
import { type Vocabulary as File, FORMAT, parseVocabulary } from '../../../inference/model/manifest.ts'
import { createVocabulary } from '../../../inference/model/vocabulary.ts'
import { temporaryFolder } from '../../support/folder.ts'
import {
  INPUT_WEIGHTS,
  publishModel,
  referenceRanking,
  referenceReasons,
  smallModel,
} from '../../support/inference/model.ts'
import { keepLog, startTestWorker } from '../../support/inference/worker.ts'
import { eventually } from '../../support/waiting.ts'

const model = smallModel()
const all = model.games.map(gameId)
const { log } = keepLog()

/** Owned game → minutes. */
function library(minutes: Readonly<Record<number, number>>) {
  return Object.entries(minutes).map(([game, played]) => {
    return { game: gameId(Number(game)), minutes: played, name: undefined }
  })
}

const mine = library({ 10: 0, 40: 300, 180: 1, 310: 0 })
const weighted = new Map([
  [10, INPUT_WEIGHTS.owned],
  [40, INPUT_WEIGHTS.played],
  [180, INPUT_WEIGHTS.played],
  [310, INPUT_WEIGHTS.owned],
])

async function start() {
  const modelDir = await temporaryFolder()
  await publishModel(modelDir, model)
  const { url } = await startTestWorker(modelDir)
  return { modelDir, url, scorer: createScorer({ urls: [url], modelDir, log }) }
}

function expectedReasons(contributions: readonly number[]) {
  const games = [...weighted.keys()]
  return referenceReasons(contributions)
    .filter(({ share }) => share > 0)
    .map(({ place, share }) => ({ game: games[place], share: expect.closeTo(share, 4) }))
}

describe('the scorer', () => {
  it('ranks, scores and explains as the reference does', async () => {
    const { scorer } = await start()
    const expected = referenceRanking(model, weighted).slice(0, 10)
    expect(await scorer.rank(mine, all, 10)).toEqual(
      expected.map(({ game, score, contributions }) => {
        const owners = model.owners[model.games.indexOf(game)]
        return { game, score: expect.closeTo(score, 5), reasons: expectedReasons(contributions), owners }
      }),
    )
  })

  it('counts a game so many times over, and one that counts nothing is left out and no reason', async () => {
    const { scorer } = await start()
    const times = new Map([
      [40, 2],
      [180, 0],
      [310, 0.5],
    ])
    const counted = mine.map((owned) => ({ ...owned, times: times.get(owned.game) ?? 1 }))
    const weights = new Map([...weighted].map(([id, weight]) => [id, weight * (times.get(id) ?? 1)]))
    const expected = referenceRanking(model, weights).slice(0, 10)
    const picks = await scorer.rank(counted, all, 10)
    expect(picks.map(({ game, score }) => ({ game, score }))).toEqual(
      expected.map(({ game, score }) => ({ game, score: expect.closeTo(score, 5) })),
    )
    expect(picks.flatMap(({ reasons }) => reasons.map((reason) => reason.game))).not.toContain(180)
    expect(
      await scorer.rank(
        mine.map((owned) => ({ ...owned, times: 0 })),
        all,
        10,
      ),
    ).toEqual([])
  })

  it('never shows what is owned, what is not allowed, or what the model does not know', async () => {
    const { scorer } = await start()
    const allowed = [10, 20, 40, 50, 90, 7, 99_999].map(gameId)
    const picks = await scorer.rank(mine, allowed, 100)
    expect(picks.map(({ game }) => game).toSorted((a, b) => a - b)).toEqual([20, 50, 90])
  })

  it('gives ties to the smaller id, and no reason where none speaks for a game', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, { ...model, b: model.b.clone().mul(0) })
    const { url } = await startTestWorker(modelDir)
    const picks = await createScorer({ urls: [url], modelDir, log }).rank(mine, [90, 50, 20].map(gameId), 3)
    expect(picks).toMatchObject([20, 50, 90].map((game) => ({ game, score: 0, reasons: [] })))
  })

  it('has nothing to say of a library that the model does not know', async () => {
    const { scorer } = await start()
    expect(await scorer.rank(library({ 7: 100, 99999: 3 }), all, 10)).toEqual([])
    expect(await scorer.rank([], all, 10)).toEqual([])
    expect(await scorer.rank(mine, [], 10)).toEqual([])
    expect(
      await scorer.rank(
        mine,
        mine.map(({ game }) => game),
        10,
      ),
    ).toEqual([])
  })

  it('answers many libraries at once as it answers each', async () => {
    const { scorer } = await start()
    const libraries = all.slice(0, 30).map((game, i) => library({ [game]: i, [all[39 - i] ?? 0]: 0 }))
    const together = await Promise.all(libraries.map((each) => scorer.rank(each, all, 5)))
    for (const [i, each] of libraries.entries()) {
      const alone = await scorer.rank(each, all, 5)
      expect(together[i]?.map(({ game }) => game)).toEqual(alone.map(({ game }) => game))
    }
  })

  it('follows the server to a version with other games', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const { url } = await startTestWorker(modelDir, { graceMs: 0 })
    const scorer = createScorer({ urls: [url], modelDir, log })
    await scorer.rank(mine, all, 3)
    const other = smallModel(model.games.map((game) => game + 5))
    await publishModel(modelDir, other)
    await eventually(async () => {
      const response = await fetch(`${url}/v2/models/ease/versions/1/ready`)
      expect(response.status).toBe(404)
    })
    const picks = await scorer.rank(library({ 15: 0, 45: 300 }), other.games.map(gameId), 3)
    const expected = referenceRanking(
      other,
      new Map([
        [15, 1],
        [45, 1.5],
      ]),
    ).slice(0, 3)
    expect(picks.map(({ game }) => game)).toEqual(expected.map(({ game }) => game))
  })

  it('asks the next server when one is dead', async () => {
    const { url, modelDir } = await start()
    const scorer = createScorer({ urls: [await deadUrl(), url], modelDir, log })
    for (let i = 0; i < 4; i++) expect(await scorer.rank(mine, all, 2)).toHaveLength(2)
    expect(await scorer.health()).toEqual({ ok: true, detail: '1 of 2 ready' })
  })

  it('says that there is no model yet, which keeps no command from its answer', async () => {
    const modelDir = await temporaryFolder()
    const { url } = await startTestWorker(modelDir)
    const scorer = createScorer({ urls: [url], modelDir, log })
    expect(await scorer.health()).toEqual({
      ok: true,
      detail: 'no model yet: picks come from tags and reviews',
    })
    await expect(scorer.rank(mine, all, 2)).rejects.toMatchObject({ party: 'model' })
  })
})

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A port where nobody listens any more. */
async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

/** A server that offers version 1 and answers inference with the given text. */
function answering(body: string, status = 200): RequestListener {
  return (request, response) => {
    const infer = request.url?.endsWith('/infer')
    response.statusCode = infer ? status : 200
    response.end(infer ? body : JSON.stringify({ name: 'ease', versions: ['1'] }))
  }
}

/** An answer for two picks of a library of four games, of which three are told, and for one that was asked for besides. */
function outputs(change: object = {}): string {
  const tensors = {
    games: { datatype: 'INT64', shape: [1, 3], data: [1, 2, 0] },
    scores: { datatype: 'FP32', shape: [1, 3], data: [2, 1, 3] },
    reasons: { datatype: 'INT32', shape: [1, 3, 3], data: [0, 1, 2, 3, 0, 1, 0, 1, 2] },
    shares: { datatype: 'FP32', shape: [1, 3, 3], data: [1, 0, 0, 0.75, 0.25, 0, 1, 0, 0] },
    speaking: { datatype: 'FP32', shape: [1, 3, 8], data: Array(24).fill(0) },
    ...change,
  }
  const list = Object.entries(tensors).map(([name, tensor]) => ({ name, ...tensor }))
  return JSON.stringify({ model_name: 'ease', model_version: '1', outputs: list })
}

describe('a server that gives no good answer', () => {
  const servers: readonly [string, RequestListener][] = [
    ['never answers', () => {}],
    ['hangs up', (request) => request.socket.destroy()],
    ['speaks HTML', (_, response) => response.end('<html>')],
    ['redirects', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['offers nothing', (_, response) => response.end('{"versions":[]}')],
    ['offers what we have no vocabulary of', (_, response) => response.end('{"versions":["8"]}')],
    ['fails', answering('{"error":"oh"}', 500)],
    ['is overloaded', answering('{"error":"too many requests are waiting"}', 503)],
    ['answers nothing', answering('')],
    ['answers half', answering(outputs().slice(0, 100))],
    ['leaves an output out', answering(outputs({ scores: undefined }))],
    [
      'ranks unknown rows',
      answering(outputs({ games: { datatype: 'INT64', shape: [1, 3], data: [1, 4000, 0] } })),
    ],
    [
      'ranks negative rows',
      answering(outputs({ games: { datatype: 'INT64', shape: [1, 3], data: [1, -1, 0] } })),
    ],
    ['gives too few', answering(outputs({ games: { datatype: 'INT64', shape: [1, 1], data: [1] } }))],
    [
      'gives a reason that is not in the library',
      answering(
        outputs({ reasons: { datatype: 'INT32', shape: [1, 3, 3], data: [4, 1, 2, 3, 0, 1, 0, 1, 2] } }),
      ),
    ],
    [
      'gives more than the whole',
      answering(
        outputs({ shares: { datatype: 'FP32', shape: [1, 3, 3], data: [7, 0, 0, 1, 0, 0, 1, 0, 0] } }),
      ),
    ],
    [
      'gives other types',
      answering(outputs({ scores: { datatype: 'INT64', shape: [1, 3], data: [2, 1, 3] } })),
    ],
  ]
  it.each(servers)('is unavailable when it %s', async (_, listener) => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const scorer = createScorer({ urls: [await listen(listener)], modelDir, timeoutMs: 300, log })
    await expect(scorer.rank(mine, all, 2)).rejects.toMatchObject({
      name: 'Unavailable',
      party: 'inference',
      cause: expect.any(Error),
    })
  })

  it('is unavailable when nobody listens', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const scorer = createScorer({ urls: [await deadUrl()], modelDir, log })
    await expect(scorer.rank(mine, all, 2)).rejects.toMatchObject({ party: 'inference' })
    expect(await scorer.health()).toMatchObject({ ok: false })
  })

  it('is told apart from one that answers in JSON, as any server may', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const scorer = createScorer({ urls: [await listen(answering(outputs()))], modelDir, log })
    expect(await scorer.rank(mine, all, 2)).toMatchObject([
      { game: 20, score: 2, reasons: [{ game: 10, share: 1 }] },
      {
        game: 30,
        score: 1,
        reasons: [
          { game: 310, share: 0.75 },
          { game: 10, share: 0.25 },
        ],
      },
    ])
  })
})

describe('the mask of allowed games', () => {
  it('is made once for the same array of games, and again for another', () => {
    const file: File = {
      format: FORMAT,
      games: [...model.games],
      targets: [20, 30, 50],
      weights: INPUT_WEIGHTS,
    }
    const vocabulary = createVocabulary(file)
    const allowed: readonly GameId[] = [20, 50, 50, 10, 7].map(gameId)
    const mask = vocabulary.mask(allowed)
    expect(mask).toEqual({ bytes: Uint8Array.of(1, 0, 1), open: 2 })
    expect(vocabulary.mask(allowed)).toBe(mask)
    expect(vocabulary.mask([...allowed])).not.toBe(mask)
  })
})

describe('a vocabulary', () => {
  const games = [10, 20]
  const file: File = { format: FORMAT, games, targets: games, weights: INPUT_WEIGHTS }

  it('knows no owners where an older training wrote none', () => {
    expect(parseVocabulary(JSON.stringify(file))).toEqual(file)
    expect(createVocabulary(file).owners(0)).toBeUndefined()
    expect(createVocabulary({ ...file, targets: [20], owners: [7, 3] }).owners(0)).toBe(3)
  })

  it.each([[[7]], [[7, 3, 1]], [[7, -1]], [[7, 0.5]]])('refuses owners %j of two games', (owners) => {
    expect(() => parseVocabulary(JSON.stringify({ ...file, owners }))).toThrow(/owners/)
  })
})
