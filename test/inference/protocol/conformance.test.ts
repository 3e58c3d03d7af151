import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { gameId } from '../../../core/ids.ts'
import { createScorer } from '../../../inference/client/client.ts'
import { signature } from '../../../inference/model/question.ts'
import { SPEAKING, tellSpeaking } from '../../../inference/model/reranker/speaking.ts'
import { MAX_REASONS } from '../../../inference/model/serving-graph.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { post, postBinary, question } from '../../support/inference/infer.ts'
import { publishModel, smallModel } from '../../support/inference/model.ts'
import { DATATYPES, startOipServer, type Tensor } from '../../support/inference/oip-server.ts'
import { keepLog, startTestWorker } from '../../support/inference/worker.ts'

/**
 * The Open Inference Protocol v2 (REST) and Triton's binary tensors, from both ends: our worker held against the protocol's
 * text, our client in front of a strict server that is not ours, and the two servers held against each other.
 * https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */

const model = smallModel()
const n = model.games.length
const size = { games: n, targets: n }
const all = model.games.map(gameId)
const mine = [10, 40, 180].map((game) => ({ game: gameId(game), minutes: 5, name: undefined }))
const { log } = keepLog()

/** The model in float64, as another server would have it. */
function reference(inputs: ReadonlyMap<string, Tensor>): Tensor[] {
  const values = (name: string) => [...((inputs.get(name)?.values ?? []) as readonly number[])]
  const [rows, weights, played] = [values('rows'), values('weights'), values('played')]
  const [allowed, count, also] = [values('allowed'), values('count'), values('also')]
  const parts = (game: number) => rows.map((row, i) => (weights[i] ?? 0) * model.b.get(row, game))
  const score = (game: number) => parts(game).reduce((sum, part) => sum + part, 0)
  const best = model.games
    .map((_, game) => game)
    .filter((game) => allowed[game])
    .sort((a, b) => score(b) - score(a) || a - b)
    .slice(0, count[0])
  // As many as were asked for, also where fewer are allowed; the rest score lowest.
  const rest = model.games.map((_, game) => game).filter((game) => !best.includes(game))
  const picks = [...[...best, ...rest].slice(0, count[0]), ...also]
  const lowest = -3.4e38
  return [
    { name: 'games', datatype: 'INT64', shape: [1, picks.length], values: picks },
    {
      ...{ name: 'scores', datatype: 'FP32', shape: [1, picks.length] },
      values: picks.map((game) => (allowed[game] ? score(game) : lowest)),
    },
    {
      ...{ name: 'contributions', datatype: 'FP32', shape: [1, picks.length, rows.length] },
      values: picks.flatMap(parts),
    },
    ...reasonsFor(picks.map(parts)),
    {
      ...{ name: 'speaking', datatype: 'FP32', shape: [1, picks.length, SPEAKING.length] },
      values: picks.flatMap((game) => speaking(parts(game), played)),
    },
  ]
}

function speaking(parts: readonly number[], played: readonly number[]): number[] {
  const told = new Float64Array(SPEAKING.length)
  tellSpeaking(Float64Array.from(parts), Uint8Array.from(played, Number), told, 0)
  return [...told]
}

/** Of each pick the three games that speak most for it, and their parts of all that speaks for it. */
function reasonsFor(picks: readonly (readonly number[])[]): Tensor[] {
  const owned = picks[0]?.length ?? 0
  const shape = [1, picks.length, Math.min(MAX_REASONS, owned)]
  const speaking = picks.map((parts) => parts.map((part) => Math.max(0, part)))
  const places = speaking.map((parts) =>
    [...parts.keys()].sort((a, b) => (parts[b] ?? 0) - (parts[a] ?? 0) || a - b).slice(0, MAX_REASONS),
  )
  const shares = speaking.map((parts, pick) => {
    const sum = parts.reduce((total, part) => total + part, 0)
    return (places[pick] ?? []).map((place) => (sum > 0 ? (parts[place] ?? 0) / sum : 0))
  })
  return [
    { name: 'reasons', datatype: 'INT32', shape, values: places.flat() },
    { name: 'shares', datatype: 'FP32', shape, values: shares.flat() },
  ]
}

const strictModel = { name: 'ease', versions: ['1'], ...signature(size), run: reference }

async function worker() {
  const modelDir = await temporaryFolder()
  await publishModel(modelDir, model)
  return { modelDir, ...(await startTestWorker(modelDir)) }
}

const tensor = z.object({
  name: z.string(),
  datatype: z.enum(Object.keys(DATATYPES)),
  shape: z.array(z.int()),
})
const output = tensor.extend({
  parameters: z.looseObject({}).optional(),
  data: z.array(z.unknown()).optional(),
})
const TEXT = {
  server: z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) }),
  live: z.object({ live: z.literal(true) }),
  ready: z.object({ ready: z.literal(true) }),
  modelReady: z.object({ name: z.literal('ease'), ready: z.literal(true) }),
  model: z.object({
    ...{ name: z.literal('ease'), versions: z.array(z.string()), platform: z.string() },
    ...{ inputs: z.array(tensor), outputs: z.array(tensor) },
  }),
  infer: z.object({
    ...{ model_name: z.literal('ease'), model_version: z.string().optional(), id: z.string().optional() },
    outputs: z.array(output),
  }),
  error: z.strictObject({ error: z.string().min(1) }),
}

describe('our worker', () => {
  it.each([
    ['/v2', TEXT.server],
    ['/v2/', TEXT.server],
    ['/v2/health/live', TEXT.live],
    ['/v2/health/ready', TEXT.ready],
    ['/v2/models/ease', TEXT.model],
    ['/v2/models/ease/versions/1', TEXT.model],
    ['/v2/models/ease/ready', TEXT.modelReady],
    ['/v2/models/ease/versions/1/ready', TEXT.modelReady],
  ])('answers GET %s as the protocol has it', async (path, schema) => {
    const response = await fetch((await worker()).url + path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    schema.parse(await response.json())
  })

  it('gives the id back, the outputs that were asked for, and each in its shape', async () => {
    const { url } = await worker()
    const outputs = [{ name: 'scores' }, { name: 'games' }]
    const response = await post(`${url}/v2/models/ease/versions/1/infer`, {
      ...{ id: '42', parameters: { priority: 1 }, inputs: question(n), outputs },
    })
    const answer = TEXT.infer.parse(await response.json())
    expect(answer.id).toBe('42')
    expect(answer.outputs.map(({ name, datatype, shape }) => [name, datatype, shape])).toEqual([
      ['scores', 'FP32', [1, 7]],
      ['games', 'INT64', [1, 7]],
    ])
    for (const { data } of answer.outputs) expect(data).toHaveLength(7)
    const without = await post(`${url}/v2/models/ease/infer`, { inputs: question(n) })
    expect(TEXT.infer.parse(await without.json())).not.toHaveProperty('id')
  })

  it('takes tensors nested as their shape is', async () => {
    const { url } = await worker()
    const nested = question(n).map((one) => (one.shape.length === 2 ? { ...one, data: [one.data] } : one))
    const [flat, deep] = await Promise.all(
      [question(n), nested].map(async (inputs) =>
        (await post(`${url}/v2/models/ease/infer`, { inputs })).json(),
      ),
    )
    expect(deep).toEqual(flat)
  })

  it.each(Object.keys(DATATYPES))(
    'takes %s where the model says so, and refuses it elsewhere',
    async (datatype) => {
      const { url } = await worker()
      for (const { name, datatype: own } of signature(size).inputs) {
        const inputs = question(n).map((one) => (one.name === name ? { ...one, datatype } : one))
        const response = await post(`${url}/v2/models/ease/infer`, { inputs })
        expect([name, response.status]).toEqual([name, own === datatype ? 200 : 400])
        if (own !== datatype) TEXT.error.parse(await response.json())
      }
    },
  )

  it('refuses BYTES, an empty body and a tensor whose data does not fill its shape, each with an error object', async () => {
    const { url } = await worker()
    const spoilt = (change: object) => ({
      inputs: question(n).map((one, i) => (i === 0 ? { ...one, ...change } : one)),
    })
    const bodies = [
      spoilt({ datatype: 'BYTES', data: ['a', 'b'] }),
      '',
      spoilt({ shape: [1, 3] }),
      spoilt({ data: [1] }),
    ]
    for (const body of bodies) {
      const response = await post(`${url}/v2/models/ease/infer`, body)
      expect(response.status).toBe(400)
      TEXT.error.parse(await response.json())
    }
  })

  it('sends as bytes what is asked for as bytes, the rest as JSON, in the order of the header', async () => {
    const { url } = await worker()
    const outputs = [
      { name: 'contributions', parameters: { binary_data: true } },
      { name: 'scores', parameters: { binary_data: false } },
      { name: 'games' },
    ]
    const body = { inputs: question(n), outputs, parameters: { binary_data_output: true } }
    const response = await post(`${url}/v2/models/ease/infer`, body)
    const length = Number(response.headers.get('inference-header-content-length'))
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(response.headers.get('content-length')).toBe(String(bytes.length))
    const { outputs: sent } = TEXT.infer.parse(JSON.parse(bytes.subarray(0, length).toString()))
    expect(sent.map(({ name, parameters, data }) => [name, parameters, data?.length])).toEqual([
      ['contributions', { binary_data_size: 7 * 2 * 4 }, undefined],
      ['scores', undefined, 7],
      ['games', { binary_data_size: 7 * 8 }, undefined],
    ])
    const games = bytes.subarray(length + 56)
    expect(games).toHaveLength(56)
    expect(Number(games.readBigInt64LE(0))).toBeLessThan(n)
  })

  it('answers as the other server does, in JSON and in bytes', async () => {
    const { url } = await worker()
    const strict = await startOipServer({ model: strictModel, binary: true })
    const inputs = question(n)
    const [ours, theirs] = await Promise.all(
      [url, strict.url].map(async (at) =>
        TEXT.infer.parse(await (await post(`${at}/v2/models/ease/infer`, { inputs })).json()),
      ),
    )
    const close = (data: unknown) => (data as number[]).map((value) => expect.closeTo(value, 4))
    expect(ours?.outputs).toEqual(theirs?.outputs.map((one) => ({ ...one, data: close(one.data) })))
    for (const at of [url, strict.url])
      expect((await postBinary(`${at}/v2/models/ease/infer`, inputs)).status).toBe(200)
    expect(strict.violations).toEqual([])
  })
})

describe('our client', () => {
  it.each([
    ['binary tensors', true],
    ['JSON alone', false],
  ])('is served by a strict server with %s as by our worker', async (_what, binary) => {
    const { url, modelDir } = await worker()
    const strict = await startOipServer({ model: strictModel, binary })
    const expected = await createScorer({ urls: [url], modelDir, log }).rank(mine, all, 8)
    const scorer = createScorer({ urls: [strict.url], modelDir, log })
    const picks = await scorer.rank(mine, all, 8)
    expect(picks.map(({ game }) => game)).toEqual(expected.map(({ game }) => game))
    expect(picks.map(({ score }) => score)).toEqual(expected.map(({ score }) => expect.closeTo(score, 4)))
    expect(await scorer.health()).toEqual({ ok: true, detail: '1 of 1 ready' })
    const inferences = strict.requests.filter(({ path }) => path.endsWith('/infer'))
    expect(inferences.map((one) => one.binary)).toEqual([binary])
    expect(strict.violations).toEqual([])
  })

  it('shares a load between our worker and the other server', async () => {
    const { url, modelDir } = await worker()
    const strict = await startOipServer({ model: strictModel, binary: true })
    const scorer = createScorer({ urls: [url, strict.url], modelDir, log })
    const answers = await Promise.all(Array.from({ length: 20 }, () => scorer.rank(mine, all, 5)))
    expect(new Set(answers.map((picks) => picks.map(({ game }) => game).join())).size).toBe(1)
    expect(strict.requests.filter(({ path }) => path.endsWith('/infer')).length).toBeGreaterThan(5)
    expect(strict.violations).toEqual([])
  })
})
