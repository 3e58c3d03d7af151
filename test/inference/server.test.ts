import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeResponse, HEADER_LENGTH } from '../../inference/protocol/protocol.ts'
import { temporaryFolder } from '../support/folder.ts'
import { type JsonTensor, post, postBinary, question } from '../support/inference/infer.ts'
import { publishModel, referenceRanking, referenceReasons, smallModel } from '../support/inference/model.ts'
import { startTestWorker } from '../support/inference/worker.ts'

const model = smallModel()
const n = model.games.length

async function start() {
  const modelDir = await temporaryFolder()
  await publishModel(modelDir, model)
  return startTestWorker(modelDir)
}

/** The protocol's own words: https://github.com/kserve/open-inference-protocol, `inference_rest.md`. */
const serverMetadata = z.strictObject({
  name: z.string(),
  version: z.string(),
  extensions: z.array(z.string()),
})
const tensorMetadata = z.strictObject({
  name: z.string(),
  datatype: z.enum(['BOOL', 'INT32', 'INT64', 'FP32']),
  shape: z.array(z.number().int().min(-1)),
})
const modelMetadata = z.object({
  name: z.literal('ease'),
  versions: z.array(z.string().regex(/^\d+$/)),
  platform: z.literal('onnxruntime_onnx'),
  inputs: z.array(tensorMetadata),
  outputs: z.array(tensorMetadata),
  parameters: z.looseObject({ provider: z.literal('cpu'), provider_reason: z.string().min(1) }),
})
const inferResponse = z.strictObject({
  model_name: z.literal('ease'),
  model_version: z.string().optional(),
  id: z.string().optional(),
  outputs: z.array(
    z.strictObject({
      name: z.string(),
      shape: z.array(z.number().int()),
      datatype: z.string(),
      parameters: z.record(z.string(), z.unknown()).optional(),
      data: z.array(z.number()),
    }),
  ),
})
const fault = z.strictObject({ error: z.string().min(10) })

describe('the worker', () => {
  it('tells of itself and its model as the protocol asks', async () => {
    const { url } = await start()
    const get = async (at: string) => (await fetch(url + at)).json()
    expect(serverMetadata.parse(await get('/v2')).extensions).toContain('binary_tensor_data')
    const metadata = modelMetadata.parse(await get('/v2/models/ease'))
    expect(metadata.versions).toEqual(['1'])
    expect(metadata.inputs.map(({ name, datatype, shape }) => [name, datatype, shape])).toEqual([
      ['rows', 'INT32', [-1, -1]],
      ['weights', 'FP32', [-1, -1]],
      ['played', 'BOOL', [-1, -1]],
      ['allowed', 'BOOL', [-1, n]],
      ['count', 'INT64', [1]],
      ['also', 'INT32', [-1, -1]],
    ])
    expect(modelMetadata.parse(await get('/v2/models/ease/versions/1'))).toEqual(metadata)
  })

  it.each([
    '/v2/health/live',
    '/v2/health/ready',
    '/v2/models/ease/ready',
    '/v2/models/ease/versions/1/ready',
  ])('answers 200 at %s', async (at) => {
    expect((await fetch((await start()).url + at)).status).toBe(200)
  })

  it('answers in JSON as the reference does, with the id of the request', async () => {
    const { url } = await start()
    const others = model.games.map((_, row) => row !== 0 && row !== 3)
    const inputs = question(n).map((tensor) =>
      tensor.name === 'allowed' ? { ...tensor, data: others } : tensor,
    )
    const response = await post(`${url}/v2/models/ease/infer`, { id: 'mine', inputs })
    expect(response.headers.get('content-type')).toContain('application/json')
    const { id, model_version, outputs } = inferResponse.parse(await response.json())
    expect([id, model_version]).toEqual(['mine', '1'])
    const owned = new Map([0, 3].map((row) => [model.games[row] ?? 0, 1.5]))
    const expected = referenceRanking(model, owned).slice(0, 5)
    const reasons = expected.flatMap(({ contributions }) => referenceReasons(contributions))
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [1, 7],
      [1, 7],
      [1, 7, 2],
      [1, 7, 2],
      [1, 7, 2],
      [1, 7, 8],
    ])
    // Behind the five best stand the two that were asked for besides.
    const best = outputs.map(({ shape, data }) => data.slice(0, (5 * data.length) / (shape[1] ?? 7)))
    expect(best.slice(0, 5)).toEqual([
      expected.map(({ game }) => model.games.indexOf(game)),
      expected.map(({ score }) => expect.closeTo(score, 5)),
      expected.flatMap(({ contributions }) => contributions.map((part) => expect.closeTo(part, 5))),
      reasons.map(({ place }) => place),
      reasons.map(({ share }) => expect.closeTo(share, 5)),
    ])
  })

  it('gives just the outputs that are asked for, in that order', async () => {
    const { url } = await start()
    const outputs = ['shares', 'games'].map((name) => ({ name }))
    const response = await post(`${url}/v2/models/ease/infer`, { inputs: question(n), outputs })
    const answer = inferResponse.parse(await response.json())
    expect(answer.outputs.map(({ name }) => name)).toEqual(['shares', 'games'])
  })

  it('takes and gives bytes as well as JSON, to the same effect', async () => {
    const { url } = await start()
    const inputs = question(n, [1, 2, 8], 7)
    const json = await post(`${url}/v2/models/ease/infer`, { inputs })
    const binary = await postBinary(`${url}/v2/models/ease/versions/1/infer`, inputs)
    const length = binary.headers.get(HEADER_LENGTH) ?? undefined
    const tensors = decodeResponse(new Uint8Array(await binary.arrayBuffer()), length)
    const { outputs } = inferResponse.parse(await json.json())
    expect(
      tensors.map(({ name, shape, data }) => ({
        name,
        shape,
        data: Array.from<bigint | number, number>(data, Number),
      })),
    ).toEqual(outputs.map(({ name, shape, data }) => ({ name, shape, data })))
  })

  it('gives only the outputs that are asked for, each as it is wanted', async () => {
    const { url } = await start()
    const outputs = [{ name: 'scores' }, { name: 'games', parameters: { binary_data: true } }]
    const response = await post(`${url}/v2/models/ease/infer`, { inputs: question(n), outputs })
    const body = Buffer.from(await response.arrayBuffer())
    const length = Number(response.headers.get(HEADER_LENGTH))
    const header = JSON.parse(body.subarray(0, length).toString())
    expect(header.outputs.map(({ name }: { name: string }) => name)).toEqual(['scores', 'games'])
    expect(header.outputs[0].data).toHaveLength(7)
    expect(header.outputs[1]).toMatchObject({ parameters: { binary_data_size: 56 } })
    expect(body.length).toBe(length + 56)
  })

  it('shows what it does as metrics', async () => {
    const { url } = await start()
    await post(`${url}/v2/models/ease/infer`, { inputs: question(n) })
    await post(`${url}/v2/models/ease/infer`, 'x')
    const text = await (await fetch(`${url}/metrics`)).text()
    expect(text).toContain('inference_requests_total{status="200"} 1')
    expect(text).toContain('inference_requests_total{status="400"} 1')
    expect(text).toContain('inference_model_version{provider="cpu"} 1')
    expect(text).toMatch(/inference_batch_libraries_count 1\n/)
    expect(text).toContain('inference_queue 0')
  })

  it('starts without a model, lives, and says why it is not ready', async () => {
    const { url } = await startTestWorker(path.join(await temporaryFolder(), 'none'))
    expect((await fetch(`${url}/v2/health/live`)).status).toBe(200)
    for (const at of ['/v2/health/ready', '/v2/models/ease', '/v2/models/ease/ready']) {
      const response = await fetch(url + at)
      expect(response.status).toBe(503)
      expect(fault.parse(await response.json()).error).toContain('there is no model yet')
    }
  })
})

describe('a worker with too much to do', () => {
  it('answers 503 at once to those past its queue, and lives', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const { url } = await startTestWorker(modelDir, { limits: { maxQueue: 0 } })
    const refused = await post(`${url}/v2/models/ease/infer`, { inputs: question(n) })
    expect(refused.status).toBe(503)
    expect(fault.parse(await refused.json()).error).toBe('too many requests are waiting')
    expect((await fetch(`${url}/v2/health/live`)).status).toBe(200)
  })

  it('answers 503 to those that waited past its deadline', async () => {
    const modelDir = await temporaryFolder()
    await publishModel(modelDir, model)
    const { url } = await startTestWorker(modelDir, { limits: { deadlineMs: -1 } })
    const late = await post(`${url}/v2/models/ease/infer`, { inputs: question(n) })
    expect(late.status).toBe(503)
    expect(fault.parse(await late.json()).error).toContain('past its deadline')
  })
})

describe('a worker that is told to stop', () => {
  it('answers what is on its way first, and is then gone', async () => {
    const { url, stop } = await start()
    const inputs = question(n)
    const answers = Array.from({ length: 40 }, async () => {
      return (await post(`${url}/v2/models/ease/infer`, { inputs })).status
    })
    await Promise.race(answers)
    await stop()
    expect(new Set(await Promise.all(answers))).toEqual(new Set([200]))
    await expect(fetch(`${url}/v2/health/live`)).rejects.toThrow('fetch failed')
  })
})

/** Changes one input of a sound request. */
function spoil(name: string, change: Partial<JsonTensor>): JsonTensor[] {
  return question(n).map((tensor) => (tensor.name === name ? { ...tensor, ...change } : tensor))
}

describe('the worker refuses with a sentence', () => {
  const NaN32 = question(n).map((t) => (t.name === 'weights' ? { ...t, data: [1, Number.NaN] } : t))
  const faults: readonly [string, unknown, string][] = [
    ['no JSON', 'hello', 'the body is not JSON'],
    ['no inputs', {}, 'inputs'],
    ['a missing input', { inputs: question(n).slice(1) }, 'the input "rows" is missing'],
    ['an input twice', { inputs: [...question(n), question(n)[0]] }, 'the input "rows" is given twice'],
    [
      'a foreign input',
      { inputs: [...question(n), { name: 'x', datatype: 'FP32', shape: [0], data: [] }] },
      'the model has no input "x"',
    ],
    ['a foreign output', { inputs: question(n), outputs: [{ name: 'x' }] }, 'the model has no output "x"'],
    [
      'another type',
      { inputs: spoil('rows', { datatype: 'FP32' }) },
      'the input "rows" must be INT32, not FP32',
    ],
    ['an unknown type', { inputs: spoil('rows', { datatype: 'INT9' }) }, 'inputs.0.datatype'],
    [
      'another rank',
      { inputs: spoil('rows', { shape: [2] }) },
      'the input "rows" must be of shape [2,0], not [2]',
    ],
    ['other sizes', { inputs: spoil('weights', { shape: [2, 1] }) }, 'must be of shape [1,2], not [2,1]'],
    [
      'a short mask',
      { inputs: spoil('allowed', { shape: [1, 1], data: [true] }) },
      `must be of shape [1,${n}]`,
    ],
    ['too little data', { inputs: spoil('rows', { data: [1] }) }, 'needs 2 elements and has 1'],
    ['no number', { inputs: spoil('weights', { data: [1, null] }) }, 'element 1 is not FP32'],
    ['a fraction', { inputs: spoil('rows', { data: [1, 1.5] }) }, 'element 1 is not INT32'],
    [
      'a row too high',
      { inputs: spoil('rows', { data: [1, n] }) },
      `rows must be between 0 and ${n - 1}, not ${n}`,
    ],
    ['a negative row', { inputs: spoil('rows', { data: [1, -1] }) }, `between 0 and ${n - 1}, not -1`],
    ['no picks', { inputs: spoil('count', { data: [0] }) }, `count must be between 1 and ${n}, not 0`],
    ['too many picks', { inputs: spoil('count', { data: [n + 1] }) }, `between 1 and ${n}, not ${n + 1}`],
    [
      'a column too high',
      { inputs: spoil('also', { data: [2, n] }) },
      `also must be between 0 and ${n - 1}, not ${n}`,
    ],
    [
      'nothing besides',
      { inputs: spoil('also', { shape: [1, 0], data: [] }) },
      'also must hold between 1 and',
    ],
    ['no games', { inputs: question(n, []) }, 'rows must hold at least one game'],
    [
      'too many games',
      { inputs: question(n, Array(16_385).fill(0)) },
      'at most 16384 owned games, not 16385',
    ],
    ['a weight past all floats', { inputs: spoil('weights', { data: [1, 1e300] }) }, 'must be finite'],
  ]
  it.each(faults)('%s', async (_, body, sentence) => {
    const { url } = await start()
    const response = await post(`${url}/v2/models/ease/infer`, body)
    expect(response.status).toBe(400)
    expect(fault.parse(await response.json()).error).toContain(sentence)
  })

  it('a batch larger than it takes', async () => {
    const { url } = await start()
    const inputs = question(n).map((tensor) =>
      tensor.name === 'count'
        ? tensor
        : { ...tensor, shape: [65, tensor.shape[1] ?? 0], data: Array(65).fill(tensor.data).flat() },
    )
    const response = await post(`${url}/v2/models/ease/infer`, { inputs })
    expect(response.status).toBe(400)
    expect(fault.parse(await response.json()).error).toContain('at most 64 libraries, not 65')
  })

  it('a weight that is not a number', async () => {
    const { url } = await start()
    const response = await postBinary(`${url}/v2/models/ease/infer`, NaN32)
    expect(response.status).toBe(400)
    expect(fault.parse(await response.json()).error).toContain('weights must be finite, not NaN')
  })

  it.each(['-1', '999999', 'many', '1e1'])('a header length of %s', async (length) => {
    const { url } = await start()
    const response = await post(`${url}/v2/models/ease/infer`, '{}', { [HEADER_LENGTH]: length })
    expect(response.status).toBe(400)
    expect(fault.parse(await response.json()).error).toContain(HEADER_LENGTH)
  })

  it('a body that is too large', async () => {
    const { url } = await start()
    const response = await post(`${url}/v2/models/ease/infer`, new Uint8Array(17 * 1024 * 1024))
    expect(response.status).toBe(413)
    fault.parse(await response.json())
  })

  it.each([
    ['POST', '/v2/models/other/infer', 'there is no model "other"'],
    ['GET', '/v2/models/other', 'there is no model "other"'],
    ['GET', '/v2/models/ease/versions/7', 'version 7 is not loaded; version 1 is'],
    ['GET', '/v2/models/ease/versions/7/ready', 'version 7 is not loaded'],
    ['POST', '/v2/models/ease/versions/7/infer', 'version 7 is not loaded'],
    ['POST', '/v2/models/ease/versions/one/infer', 'version one is not loaded'],
    ['POST', '/v2/repository/models/other/load', 'there is no model "other"'],
    ['GET', '/v3', 'there is no GET /v3'],
  ])('%s %s', async (method, at, sentence) => {
    const { url } = await start()
    const response = await fetch(url + at, { method })
    expect(response.status).toBe(404)
    expect(fault.parse(await response.json()).error).toContain(sentence)
  })
})
