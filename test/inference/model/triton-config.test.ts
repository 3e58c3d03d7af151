import { expect, it } from 'vitest'
import { z } from 'zod'
import { MODEL } from '../../../inference/model/model-files.ts'
import { signature } from '../../../inference/model/question.ts'
import { TRITON_CONFIG } from '../../../inference/model/triton-config.ts'
import { parseTextProto } from '../../support/inference/text-proto.ts'

/**
 * Triton's documented model configuration, as far as an ONNX model may use it; an unknown field keeps Triton from loading.
 * https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/model_configuration.html
 */
const one = <T extends z.ZodType>(schema: T) => z.tuple([schema]).transform(([value]) => value)
const dataType = z
  .object({ enum: z.string().regex(/^TYPE_(BOOL|U?INT(8|16|32|64)|FP(16|32|64)|BF16|STRING)$/) })
  .transform((value) => value.enum.slice('TYPE_'.length))
const tensor = z.strictObject({
  name: one(z.string().min(1)),
  data_type: one(dataType),
  // A size is positive or −1; a scalar is written as [ 1 ] with a reshape.
  dims: z.array(z.union([z.literal(-1), z.int().positive()])).min(1),
})
const config = z.strictObject({
  name: one(z.string().min(1)),
  backend: one(z.literal('onnxruntime')),
  max_batch_size: one(z.int().min(0)),
  version_policy: one(
    z.strictObject({ latest: one(z.strictObject({ num_versions: one(z.int().positive()) })) }),
  ),
  input: z.array(tensor).min(1),
  output: z.array(tensor).min(1),
})

it('is what Triton documents, and says of the model what the model is', () => {
  const parsed = config.parse(parseTextProto(TRITON_CONFIG))
  expect(parsed.name).toBe(MODEL)
  // Without batches of Triton's own, every dimension is declared.
  expect(parsed.max_batch_size).toBe(0)
  const { inputs, outputs } = signature({ games: -1, targets: -1 })
  const told = (tensors: typeof parsed.input) =>
    tensors.map(({ name, data_type, dims }) => ({ name, datatype: data_type, shape: dims }))
  expect(told(parsed.input)).toEqual(inputs)
  expect(told(parsed.output)).toEqual(outputs)
})

it.each([
  ['a field that Triton does not know', 'max_batch_size: 0', 'max_batch: 0'],
  ['a type that is none', 'TYPE_INT32', 'TYPE_INTEGER'],
  ['a missing colon', 'backend: "onnxruntime"', 'backend "onnxruntime"'],
  ['a list without an end', 'dims: [ 1 ]', 'dims: [ 1 '],
])('would be noticed with %s', (_what, from, to) => {
  expect(TRITON_CONFIG).toContain(from)
  expect(() => config.parse(parseTextProto(TRITON_CONFIG.replace(from, to)))).toThrow()
})
