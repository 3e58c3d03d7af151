import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { z } from 'zod'

/**
 * A server of the Open Inference Protocol v2 that knows nothing of our worker: written from the protocol's own text and
 * from Triton's page on binary tensors, and as strict as they allow. What a client sends against them is refused with 400
 * and kept as a violation.
 * https://github.com/kserve/open-inference-protocol · extension_binary_data in Triton's documentation
 */

/** Every type of the protocol: bytes of an element, and how its JSON looks. */
export const DATATYPES: Readonly<Record<string, { readonly bytes: number; readonly json: z.ZodType }>> = {
  BOOL: { bytes: 1, json: z.boolean() },
  ...integers('UINT', 0n),
  ...integers('INT', 1n),
  FP16: { bytes: 2, json: z.never() },
  FP32: { bytes: 4, json: z.number() },
  FP64: { bytes: 8, json: z.number() },
}

function integers(name: string, signed: bigint) {
  return Object.fromEntries(
    [8, 16, 32, 64].map((bits) => {
      const [least, most] = [-(signed << BigInt(bits - 1)), (1n << (BigInt(bits) - signed)) - 1n]
      const json = z.number().refine((value) => Number.isInteger(value) && value >= least && value <= most)
      return [`${name}${bits}`, { bytes: bits / 8, json }]
    }),
  )
}

const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const input = z.strictObject({
  name: z.string().min(1),
  shape: z.array(z.number().int().min(0)),
  datatype: z.enum(Object.keys(DATATYPES)),
  parameters: parameters.optional(),
  data: z.array(z.unknown()).optional(),
})
const inferRequest = z.strictObject({
  id: z.string().optional(),
  parameters: parameters.optional(),
  inputs: z.array(input),
  outputs: z.array(z.strictObject({ name: z.string(), parameters: parameters.optional() })).optional(),
})

/** A tensor with its values one after the other. */
export type Tensor = {
  readonly name: string
  readonly datatype: string
  readonly shape: readonly number[]
  readonly values: readonly (number | boolean)[]
}

type Model = {
  readonly name: string
  readonly versions: readonly string[]
  readonly inputs: readonly {
    readonly name: string
    readonly datatype: string
    readonly shape: readonly number[]
  }[]
  readonly outputs: Model['inputs']
  readonly run: (inputs: ReadonlyMap<string, Tensor>) => readonly Tensor[]
}

export type OipOptions = { readonly model: Model; readonly binary: boolean }

const HEADER = 'inference-header-content-length'

class Bad extends Error {}

export async function startOipServer({ model, binary }: OipOptions) {
  const violations: string[] = []
  const requests: { method: string; path: string; binary: boolean }[] = []
  const server = createServer((request, response) => void serve(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    requests.push({ method, path: url, binary: headers[HEADER] !== undefined })
    const body = await buffer(request)
    try {
      answer(method, url, headers, body, response)
    } catch (error) {
      violations.push(`${method} ${url}: ${(error as Error).message}`)
      json(response, { error: (error as Error).message }, 400)
    }
  }

  function answer(
    method: string,
    url: string,
    headers: IncomingMessage['headers'],
    body: Buffer,
    response: ServerResponse,
  ): void {
    const ofModel = new RegExp(`^/v2/models/${model.name}(?:/versions/(\\d+))?(?:/(ready|infer))?$`).exec(url)
    const [, version, action] = ofModel ?? []
    if (version !== undefined && !model.versions.includes(version))
      throw new Bad(`unknown version ${version}`)
    const what = `${method} ${ofModel ? (action ?? 'model') : url}`
    if (what === 'GET /v2') json(response, metadata())
    else if (what === 'GET model') json(response, modelMetadata())
    else if (what === 'GET ready') response.writeHead(200).end()
    else if (what === 'POST infer') infer(version, headers, body, response)
    else throw new Bad('no such endpoint')
  }

  function metadata() {
    return { name: 'a server', version: '2.64.0', extensions: binary ? ['binary_tensor_data'] : [] }
  }

  function modelMetadata() {
    const { name, versions, inputs, outputs } = model
    return { name, versions, platform: 'onnxruntime_onnx', inputs, outputs }
  }

  function infer(
    version: string | undefined,
    headers: IncomingMessage['headers'],
    body: Buffer,
    response: ServerResponse,
  ): void {
    const given = headers[HEADER]
    if (headers['content-length'] !== String(body.length)) throw new Bad('no Content-Length')
    if (given !== undefined && !binary) throw new Bad('this server knows no binary tensors')
    if (given === undefined && headers['content-type'] !== 'application/json') throw new Bad('not JSON')
    const length = given === undefined ? body.length : Number(given)
    if (!(Number.isInteger(length) && length <= body.length)) throw new Bad(`${HEADER} is wrong`)
    const request = inferRequest.parse(JSON.parse(body.subarray(0, length).toString('utf8')))
    const inputs = readInputs(request.inputs, body.subarray(length), binary)
    checkAgainst(model, inputs)
    const wanted = request.outputs?.map(({ name }) => name)
    const outputs = model.run(inputs).filter(({ name }) => wanted?.includes(name) ?? true)
    const asBytes = (name: string) =>
      request.outputs?.find((one) => one.name === name)?.parameters?.binary_data ??
      request.parameters?.binary_data_output ??
      false
    reply(response, { request, version: version ?? model.versions.at(-1) ?? '', outputs, asBytes, model })
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    violations,
    requests,
  }
}

function readInputs(inputs: readonly z.infer<typeof input>[], bytes: Buffer, binary: boolean) {
  let at = 0
  const tensors = inputs.map(({ name, datatype, shape, parameters: given = {}, data }): [string, Tensor] => {
    const count = shape.reduce((product, dim) => product * dim, 1)
    const { bytes: width = 0, json: schema } = DATATYPES[datatype] ?? {}
    const size = given.binary_data_size
    if (size === undefined) {
      const values = (data ?? []).flat(9) as number[]
      if (values.length !== count) throw new Bad(`${name}: ${values.length} values for ${count}`)
      for (const value of values) if (!schema?.safeParse(value).success) throw new Bad(`${name}: ${value}`)
      return [name, { name, datatype, shape, values }]
    }
    if (!binary) throw new Bad('this server knows no binary tensors')
    if (data !== undefined) throw new Bad(`${name} is there twice`)
    if (size !== count * width) throw new Bad(`${name}: ${size} bytes for ${count} of ${width}`)
    const own = bytes.subarray(at, at + Number(size))
    at += Number(size)
    if (own.length !== size) throw new Bad(`${name}: the body ends too early`)
    return [name, { name, datatype, shape, values: valuesOf(datatype, own) }]
  })
  if (at !== bytes.length) throw new Bad(`${bytes.length - at} bytes belong to no input`)
  if (new Set(tensors.map(([name]) => name)).size < tensors.length) throw new Bad('an input is there twice')
  return new Map(tensors)
}

/** Little-endian, without padding. */
function valuesOf(datatype: string, bytes: Buffer): (number | boolean)[] {
  const count = bytes.length / (DATATYPES[datatype]?.bytes ?? 1)
  const read: Readonly<Record<string, (i: number) => number | boolean>> = {
    BOOL: (i) => {
      const byte = bytes.readUInt8(i)
      if (byte > 1) throw new Bad('the bytes of a BOOL are 0 or 1')
      return byte === 1
    },
    INT32: (i) => bytes.readInt32LE(4 * i),
    INT64: (i) => Number(bytes.readBigInt64LE(8 * i)),
    FP32: (i) => bytes.readFloatLE(4 * i),
  }
  return Array.from({ length: count }, (_, i) => read[datatype]?.(i) ?? Number.NaN)
}

function bytesOf({ datatype, values }: Tensor): Buffer {
  const { bytes: width = 1 } = DATATYPES[datatype] ?? {}
  const bytes = Buffer.alloc(values.length * width)
  const write: Readonly<Record<string, (value: number, at: number) => number>> = {
    INT64: (value, at) => bytes.writeBigInt64LE(BigInt(value), at),
    FP32: (value, at) => bytes.writeFloatLE(value, at),
  }
  for (const [i, value] of values.entries()) write[datatype]?.(Number(value), i * width)
  return bytes
}

function checkAgainst({ inputs }: Model, given: ReadonlyMap<string, Tensor>): void {
  for (const name of given.keys())
    if (!inputs.some((one) => one.name === name)) throw new Bad(`the model has no input ${name}`)
  for (const { name, datatype, shape } of inputs) {
    const tensor = given.get(name)
    if (!tensor) throw new Bad(`the input ${name} is missing`)
    if (tensor.datatype !== datatype) throw new Bad(`${name} is ${tensor.datatype}, not ${datatype}`)
    const fits =
      tensor.shape.length === shape.length && shape.every((dim, i) => dim < 0 || dim === tensor.shape[i])
    if (!fits) throw new Bad(`${name} is of shape [${tensor.shape}], not [${shape}]`)
  }
}

type Answer = {
  readonly request: z.infer<typeof inferRequest>
  readonly version: string
  readonly outputs: readonly Tensor[]
  readonly asBytes: (name: string) => unknown
  readonly model: Model
}

function reply(response: ServerResponse, { request, version, outputs, asBytes, model }: Answer): void {
  const encoded = outputs.map((tensor) => {
    const { name, datatype, shape, values } = tensor
    if (!asBytes(name)) return { wire: { name, datatype, shape, data: values }, bytes: Buffer.alloc(0) }
    const bytes = bytesOf(tensor)
    return { wire: { name, datatype, shape, parameters: { binary_data_size: bytes.length } }, bytes }
  })
  const { id } = request
  const about = { ...(id !== undefined && { id }), model_name: model.name, model_version: version }
  const head = Buffer.from(JSON.stringify({ ...about, outputs: encoded.map(({ wire }) => wire) }))
  const tail = Buffer.concat(encoded.map(({ bytes }) => bytes))
  const type = { 'content-type': 'application/octet-stream', [HEADER]: String(head.length) }
  if (tail.length === 0) json(response, head)
  else response.writeHead(200, type).end(Buffer.concat([head, tail]))
}

function json(response: ServerResponse, body: object, status = 200): void {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'content-type': 'application/json' }).end(bytes)
}
