import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeRequest,
  encodeRequest,
  encodeResponse,
  HEADER_LENGTH,
} from '../../../inference/protocol/protocol.ts'
import { BadTensor, type NamedTensor } from '../../../inference/protocol/tensors.ts'

const dims = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
const sized = (shape: readonly number[]) => {
  const length = shape.reduce((product, dim) => product * dim, 1)
  return { minLength: length, maxLength: length }
}
const float = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const tensor: fc.Arbitrary<NamedTensor> = fc
  .tuple(fc.string({ maxLength: 20 }), dims)
  .chain(([name, shape]) =>
    fc.oneof(
      fc.array(float, sized(shape)).map((values) => {
        return { name, shape, datatype: 'FP32' as const, data: Float32Array.from(values) }
      }),
      fc.array(fc.integer(), sized(shape)).map((values) => {
        return { name, shape, datatype: 'INT32' as const, data: Int32Array.from(values) }
      }),
      fc.array(fc.maxSafeInteger(), sized(shape)).map((values) => {
        return { name, shape, datatype: 'INT64' as const, data: BigInt64Array.from(values, BigInt) }
      }),
      fc.array(fc.boolean(), sized(shape)).map((values) => {
        return { name, shape, datatype: 'BOOL' as const, data: Uint8Array.from(values, Number) }
      }),
    ),
  )

describe('a message', () => {
  it('carries any tensors, as bytes', () => {
    fc.assert(
      fc.property(fc.array(tensor, { maxLength: 5 }), (tensors) => {
        const { body, headers } = encodeRequest(tensors)
        expect(decodeRequest(body, headers[HEADER_LENGTH]).inputs).toEqual(tensors)
      }),
    )
  })

  it('asks for the named outputs as bytes, or for all', () => {
    const { body, headers } = encodeRequest([], { outputs: ['games', 'shares'] })
    const { outputs } = decodeRequest(body, headers[HEADER_LENGTH])
    expect(outputs).toEqual(['games', 'shares'].map((name) => ({ name, binary: true })))
    const all = encodeRequest([])
    expect(decodeRequest(all.body, all.headers[HEADER_LENGTH])).toMatchObject({
      outputs: undefined,
      binary: true,
    })
  })

  it('carries any tensors, as JSON and mixed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tensor, fc.boolean()), { maxLength: 5 }), (pairs) => {
        const outputs = pairs.map(([each, binary]) => ({ tensor: each, binary }))
        const { body, headers } = encodeResponse({ id: undefined, model: 'ease', version: 1 }, outputs)
        const length = headers[HEADER_LENGTH]
        const header = Buffer.from(body).subarray(0, length === undefined ? undefined : Number(length))
        const renamed = { ...JSON.parse(header.toString()), inputs: JSON.parse(header.toString()).outputs }
        delete renamed.outputs
        const json = Buffer.from(JSON.stringify(renamed))
        const request = Buffer.concat([json, Buffer.from(body).subarray(header.length)])
        const decoded = decodeRequest(request, length && String(json.length))
        expect(decoded.inputs).toEqual(pairs.map(([each]) => each))
      }),
    )
  })

  it('carries the least and the greatest whole number of 32 bits, and none beyond', () => {
    const input = (value: number) => ({ name: 'rows', shape: [1], datatype: 'INT32', data: [value] })
    const decode = (value: number) =>
      decodeRequest(Buffer.from(JSON.stringify({ inputs: [input(value)] })), undefined)
    for (const value of [-(2 ** 31), 2 ** 31 - 1])
      expect(decode(value).inputs[0]?.data).toEqual(Int32Array.of(value))
    for (const value of [-(2 ** 31) - 1, 2 ** 31, 0.5]) expect(() => decode(value)).toThrow('is not INT32')
  })

  it('is refused with a sentence whatever the bytes are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.option(fc.string(), { nil: undefined }),
        (body, length) => {
          expect(() => decodeRequest(body, length)).toThrow(BadTensor)
        },
      ),
    )
  })

  it('is refused with a sentence whatever the JSON is', () => {
    const almost = fc.record({
      inputs: fc.array(
        fc.record(
          {
            name: fc.oneof(fc.string(), fc.integer()),
            datatype: fc.constantFrom('FP32', 'INT64', 'BOOL', 'BYTES'),
            shape: fc.array(fc.oneof(fc.integer(), fc.double(), fc.string()), { maxLength: 3 }),
            data: fc.jsonValue(),
            parameters: fc.record({ binary_data_size: fc.integer() }),
          },
          { requiredKeys: [] },
        ),
      ),
    })
    fc.assert(
      fc.property(fc.oneof(almost, fc.jsonValue()), (value) => {
        try {
          decodeRequest(Buffer.from(JSON.stringify(value)), undefined)
        } catch (error) {
          expect(error).toBeInstanceOf(BadTensor)
        }
      }),
    )
  })

  it('says which tensor is wrong, and how', () => {
    const bytes = Buffer.from(
      '{"inputs":[{"name":"w","datatype":"FP32","shape":[2],"parameters":{"binary_data_size":8}}]}',
    )
    const decode = (tail: number) => () =>
      decodeRequest(Buffer.concat([bytes, Buffer.alloc(tail)]), String(bytes.length))
    expect(decode(7)).toThrow('the body ends before the bytes of tensor "w"')
    expect(decode(9)).toThrow('1 bytes belong to no tensor')
    expect(decode(8)).not.toThrow()
  })
})
