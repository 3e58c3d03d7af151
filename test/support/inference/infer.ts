import { encodeRequest, HEADER_LENGTH } from '../../../inference/protocol/protocol.ts'
import type { Datatype, NamedTensor } from '../../../inference/protocol/tensors.ts'

/** A tensor as the protocol writes it in JSON. */
export type JsonTensor = {
  readonly name: string
  readonly datatype: string
  readonly shape: readonly number[]
  readonly data: readonly unknown[]
}

/** A sound request for one library of a model of `games` games, to be spoilt as a test likes. */
export function question(games: number, rows: readonly number[] = [0, 3], count = 5): JsonTensor[] {
  return [
    { name: 'rows', datatype: 'INT32', shape: [1, rows.length], data: rows },
    { name: 'weights', datatype: 'FP32', shape: [1, rows.length], data: rows.map(() => 1.5) },
    { name: 'played', datatype: 'BOOL', shape: [1, rows.length], data: rows.map((row) => row % 2 === 1) },
    { name: 'allowed', datatype: 'BOOL', shape: [1, games], data: Array(games).fill(true) },
    { name: 'count', datatype: 'INT64', shape: [1], data: [count] },
    { name: 'also', datatype: 'INT32', shape: [1, 2], data: [2, 1] },
  ]
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
  })
}

/** The same request with every tensor as bytes. */
export function postBinary(url: string, tensors: readonly JsonTensor[]): Promise<Response> {
  const { body, headers } = encodeRequest(tensors.map(toTyped))
  return post(url, body, { ...headers, [HEADER_LENGTH]: headers[HEADER_LENGTH] ?? '' })
}

function toTyped({ name, datatype, shape, data }: JsonTensor): NamedTensor {
  return { name, datatype: datatype as Datatype, shape, data: TYPED[datatype as Datatype](data as number[]) }
}

const TYPED = {
  INT32: (data: readonly number[]) => Int32Array.from(data),
  FP32: (data: readonly number[]) => Float32Array.from(data),
  BOOL: (data: readonly number[]) => Uint8Array.from(data, Number),
  INT64: (data: readonly number[]) => BigInt64Array.from(data, BigInt),
}
