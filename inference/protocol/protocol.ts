import { z } from 'zod'
import {
  BadTensor,
  decodeTensors,
  encodeTensor,
  type NamedTensor,
  type WireTensor,
  wireTensor,
} from './tensors.ts'

/**
 * Messages of the Open Inference Protocol v2 with its binary tensor data extension: a JSON header, then the bytes of
 * the binary tensors. Both sides of this program speak it here, so that they cannot drift apart.
 */

/** Says how long the JSON is where binary tensors follow it. */
export const HEADER_LENGTH = 'inference-header-content-length'

export type Message = { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> }

export type InferRequest = {
  readonly id: string | undefined
  readonly inputs: readonly NamedTensor[]
  /** What is wanted back, in this order; undefined: everything. */
  readonly outputs: readonly { readonly name: string; readonly binary: boolean }[] | undefined
  /** How outputs travel that are not listed. */
  readonly binary: boolean
}

const requestHeader = z.object({
  id: z.string().max(256).optional(),
  parameters: z.looseObject({ binary_data_output: z.boolean().optional() }).optional(),
  inputs: z.array(wireTensor).max(16),
  outputs: z
    .array(
      z.object({
        name: z.string(),
        parameters: z.looseObject({ binary_data: z.boolean().optional() }).optional(),
      }),
    )
    .max(16)
    .optional(),
})

const responseHeader = z.object({
  model_name: z.string(),
  model_version: z.string().optional(),
  outputs: z.array(wireTensor),
})

/** Throws `BadTensor`. */
export function decodeRequest(body: Uint8Array, headerLength: string | undefined): InferRequest {
  const { json, binary } = split(body, headerLength)
  const { id, parameters, inputs, outputs } = parse(requestHeader, json)
  const byDefault = parameters?.binary_data_output ?? false
  return {
    id,
    inputs: decodeTensors(inputs, binary),
    outputs: outputs?.map((output) => ({
      name: output.name,
      binary: output.parameters?.binary_data ?? byDefault,
    })),
    binary: byDefault,
  }
}

export type Asking = {
  /** Every output unless it is said. */
  readonly outputs?: readonly string[]
  /** All of it, both ways, as bytes, where the server has that extension. */
  readonly binary?: boolean | undefined
}

/** What a client asks a server. */
export function encodeRequest(
  inputs: readonly NamedTensor[],
  { outputs, binary = true }: Asking = {},
): Message {
  const encoded = inputs.map((tensor) => encodeTensor(tensor, binary))
  const wanted = outputs?.map((name) => ({ name, ...(binary && { parameters: { binary_data: true } }) }))
  const asBytes = binary && { parameters: { binary_data_output: true } }
  return join({ ...asBytes, ...(wanted && { outputs: wanted }) }, 'inputs', encoded)
}

export function encodeResponse(
  about: { readonly id: string | undefined; readonly model: string; readonly version: number },
  outputs: readonly { readonly tensor: NamedTensor; readonly binary: boolean }[],
): Message {
  const { id, model, version } = about
  const header = { ...(id !== undefined && { id }), model_name: model, model_version: String(version) }
  return join(
    header,
    'outputs',
    outputs.map(({ tensor, binary }) => encodeTensor(tensor, binary)),
  )
}

/** Throws `BadTensor`. */
export function decodeResponse(body: Uint8Array, headerLength: string | undefined): NamedTensor[] {
  const { json, binary } = split(body, headerLength)
  return decodeTensors(parse(responseHeader, json).outputs, binary)
}

function join(
  header: object,
  key: 'inputs' | 'outputs',
  tensors: readonly { readonly wire: WireTensor; readonly bytes: Uint8Array }[],
): Message {
  const json = Buffer.from(JSON.stringify({ ...header, [key]: tensors.map(({ wire }) => wire) }))
  if (tensors.every(({ wire }) => wire.data)) {
    return { body: json, headers: { 'content-type': 'application/json' } }
  }
  const body = Buffer.concat([json, ...tensors.map(({ bytes }) => bytes)])
  return {
    body,
    headers: { 'content-type': 'application/octet-stream', [HEADER_LENGTH]: String(json.length) },
  }
}

function split(body: Uint8Array, headerLength: string | undefined) {
  if (headerLength === undefined) return { json: body, binary: new Uint8Array() }
  const length = Number(headerLength)
  if (!/^\d{1,9}$/.test(headerLength) || length > body.length) {
    throw new BadTensor(
      `the header ${HEADER_LENGTH} must be the number of bytes of the JSON that begins the body`,
    )
  }
  return { json: body.subarray(0, length), binary: body.subarray(length) }
}

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array): T {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new BadTensor('the body is not JSON')
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new BadTensor(`${issue?.path.join('.') || 'the body'}: ${issue?.message}`)
}
