import { z } from 'zod'

/** Tensors of the Open Inference Protocol v2, as JSON and as raw little-endian bytes. */

/** The protocol's name of an element type → how it is held here. BOOL is one byte, 0 or 1. */
const ARRAYS = { FP32: Float32Array, INT32: Int32Array, INT64: BigInt64Array, BOOL: Uint8Array } as const

export type Datatype = keyof typeof ARRAYS
type TensorData = Float32Array | Int32Array | BigInt64Array | Uint8Array

export type NamedTensor = {
  readonly name: string
  readonly datatype: Datatype
  readonly shape: readonly number[]
  readonly data: TensorData
}

/** The other side sent what the protocol or the model does not allow; the message is one sentence for whoever wrote it. */
export class BadTensor extends Error {
  override readonly name = 'BadTensor'
}

export const wireTensor = z.object({
  name: z.string().max(100),
  datatype: z.enum(Object.keys(ARRAYS) as Datatype[]),
  shape: z.array(z.number().int().min(0)).max(8),
  parameters: z.looseObject({ binary_data_size: z.number().int().min(0).optional() }).optional(),
  data: z.array(z.unknown()).optional(),
})

export type WireTensor = z.infer<typeof wireTensor>

/** Reads tensors whose binary parts follow each other in `binary`. Throws `BadTensor`. */
export function decodeTensors(wires: readonly WireTensor[], binary: Uint8Array): NamedTensor[] {
  let at = 0
  const tensors = wires.map(({ name, datatype, shape, parameters, data: json }) => {
    const size = parameters?.binary_data_size
    const data =
      size === undefined ? fromJson(name, datatype, json) : fromBytes(name, datatype, binary, at, size)
    at += size ?? 0
    const expected = shape.reduce((product, dim) => product * dim, 1)
    if (data.length !== expected) {
      throw new BadTensor(
        `tensor "${name}" of shape [${shape}] needs ${expected} elements and has ${data.length}`,
      )
    }
    return { name, datatype, shape, data }
  })
  if (at !== binary.length) throw new BadTensor(`${binary.length - at} bytes belong to no tensor`)
  return tensors
}

function fromBytes(
  name: string,
  datatype: Datatype,
  binary: Uint8Array,
  at: number,
  size: number,
): TensorData {
  const array = ARRAYS[datatype]
  if (at + size > binary.length) throw new BadTensor(`the body ends before the bytes of tensor "${name}"`)
  if (size % array.BYTES_PER_ELEMENT !== 0) {
    throw new BadTensor(`tensor "${name}": ${size} bytes are no whole number of ${datatype} elements`)
  }
  // Copied, because typed arrays must begin at a multiple of their element's size. (A Buffer's slice copies nothing.)
  const data = new array(new Uint8Array(binary.subarray(at, at + size)).buffer)
  if (datatype === 'BOOL' && !isTruth(data as Uint8Array)) {
    throw new BadTensor(`tensor "${name}": the bytes of a BOOL are 0 or 1`)
  }
  return data
}

/** Asked of some thousand bytes of every request, hence without a function for each. */
function isTruth(bytes: Uint8Array): boolean {
  let bits = 0
  for (let at = 0; at < bytes.length; at++) bits |= bytes[at] as number
  return bits <= 1
}

/** Data may be nested as its shape is, or flat. */
function fromJson(name: string, datatype: Datatype, json: readonly unknown[] | undefined): TensorData {
  if (!json) throw new BadTensor(`tensor "${name}" has neither data nor binary_data_size`)
  const flat = json.flat(8)
  const isElement = ELEMENT[datatype]
  const bad = flat.findIndex((value) => !isElement(value))
  if (bad !== -1) throw new BadTensor(`tensor "${name}": element ${bad} is not ${datatype}`)
  switch (datatype) {
    case 'INT64':
      return BigInt64Array.from(flat as number[], BigInt)
    case 'BOOL':
      return Uint8Array.from(flat as boolean[], Number)
    case 'FP32':
    case 'INT32':
      return ARRAYS[datatype].from(flat as number[])
  }
}

const ELEMENT: Readonly<Record<Datatype, (value: unknown) => boolean>> = {
  FP32: (value) => typeof value === 'number',
  INT32: (value) => value === ((value as number) | 0),
  INT64: Number.isSafeInteger,
  BOOL: (value) => typeof value === 'boolean',
}

/** The header's entry, and the bytes that follow the header where it is binary. */
export function encodeTensor(tensor: NamedTensor, binary: boolean): { wire: WireTensor; bytes: Uint8Array } {
  const { name, datatype, shape, data } = tensor
  const entry = { name, datatype, shape: [...shape] }
  if (!binary) return { wire: { ...entry, data: toJson(tensor) }, bytes: new Uint8Array() }
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return { wire: { ...entry, parameters: { binary_data_size: bytes.length } }, bytes }
}

function toJson({ datatype, data }: NamedTensor): unknown[] {
  if (datatype === 'BOOL') return Array.from(data as Uint8Array, Boolean)
  return Array.from<bigint | number, number>(data, Number)
}
