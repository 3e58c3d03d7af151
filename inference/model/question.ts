import { Tensor } from 'onnxruntime-node'
import { BadTensor, type Datatype, type NamedTensor } from '../protocol/tensors.ts'
import { SPEAKING } from './reranker/speaking.ts'
import { MAX_REASONS, type ModelSize } from './serving-graph.ts'

/** One or more libraries to score, as the serving graph takes them. */
export type Question = {
  readonly batch: number
  /** The length of each row of `rows` and `weights`. */
  readonly owned: number
  readonly rows: Int32Array
  readonly weights: Float32Array
  /** Beside `rows`: 1 where the game was played. */
  readonly played: Uint8Array
  readonly allowed: Uint8Array
  /** How many games each library gets. */
  readonly count: number
  /** Columns that each library is told of besides, at least one. */
  readonly also: Int32Array
  /** Whether all contributions are wanted, which are many, and not only the reasons. */
  readonly explained: boolean
}

export type Answer = {
  readonly games: BigInt64Array
  readonly scores: Float32Array
  readonly reasons: Int32Array
  readonly shares: Float32Array
  readonly speaking: Float32Array
  /** Absent unless the question asks for them. */
  readonly contributions?: Float32Array
}

/** What the model takes and gives, as the protocol's metadata tells it; −1 is a size that varies. */
export function signature({ targets }: ModelSize) {
  return {
    inputs: [
      { name: 'rows', datatype: 'INT32', shape: [-1, -1] },
      { name: 'weights', datatype: 'FP32', shape: [-1, -1] },
      { name: 'played', datatype: 'BOOL', shape: [-1, -1] },
      { name: 'allowed', datatype: 'BOOL', shape: [-1, targets] },
      { name: 'count', datatype: 'INT64', shape: [1] },
      { name: 'also', datatype: 'INT32', shape: [-1, -1] },
    ],
    outputs: [
      { name: 'games', datatype: 'INT64', shape: [-1, -1] },
      { name: 'scores', datatype: 'FP32', shape: [-1, -1] },
      { name: 'contributions', datatype: 'FP32', shape: [-1, -1, -1] },
      { name: 'reasons', datatype: 'INT32', shape: [-1, -1, -1] },
      { name: 'shares', datatype: 'FP32', shape: [-1, -1, -1] },
      { name: 'speaking', datatype: 'FP32', shape: [-1, -1, SPEAKING.length] },
    ],
  } as const
}

export const OUTPUTS = ['games', 'scores', 'contributions', 'reasons', 'shares', 'speaking'] as const
export type Output = (typeof OUTPUTS)[number]

/** How many games the answer tells of for each library. */
export function pickCount({ batch, count, also }: Pick<Question, 'batch' | 'count' | 'also'>): number {
  return count + also.length / batch
}

/** How many reasons each pick has. */
export function reasonCount({ owned }: Pick<Question, 'owned'>): number {
  return Math.min(MAX_REASONS, owned)
}

/** Every owned game takes one row of the model (4 bytes × games) while it is scored. */
const MAX_OWNED_ROWS = 16_384
const MAX_BATCH = 64
const MAX_CONTRIBUTIONS = 33_554_432

/** Checks tensors against a model, and which outputs are wanted of it. Throws `BadTensor`. */
export function readQuestion(
  tensors: readonly NamedTensor[],
  wanted: readonly Output[],
  size: ModelSize,
): Question {
  const known: readonly string[] = signature(size).inputs.map(({ name }) => name)
  const stranger = tensors.find(({ name }) => !known.includes(name))
  if (stranger) throw new BadTensor(`the model has no input "${stranger.name}"; it takes ${known.join(', ')}`)
  const rows = find(tensors, 'rows', 'INT32')
  const [batch = 0, owned = 0] = rows.shape
  expectShape(rows, [batch, owned])
  const weights = expectShape(find(tensors, 'weights', 'FP32'), [batch, owned])
  const played = expectShape(find(tensors, 'played', 'BOOL'), [batch, owned])
  const allowed = expectShape(find(tensors, 'allowed', 'BOOL'), [batch, size.targets])
  const also = find(tensors, 'also', 'INT32')
  expectShape(also, [batch, also.shape[1] ?? 0])
  const [count] = expectShape(find(tensors, 'count', 'INT64'), [1]).data
  const question = {
    batch,
    owned,
    rows: rows.data as Int32Array,
    weights: weights.data as Float32Array,
    played: played.data as Uint8Array,
    allowed: allowed.data as Uint8Array,
    count: Number(count),
    also: also.data as Int32Array,
    explained: wanted.includes('contributions'),
  }
  checkSizes(question, size)
  checkValues(question, size)
  return question
}

function find(tensors: readonly NamedTensor[], name: string, datatype: Datatype): NamedTensor {
  const [tensor, second] = tensors.filter((entry) => entry.name === name)
  if (!tensor) throw new BadTensor(`the input "${name}" is missing`)
  if (second) throw new BadTensor(`the input "${name}" is given twice`)
  if (tensor.datatype !== datatype) {
    throw new BadTensor(`the input "${name}" must be ${datatype}, not ${tensor.datatype}`)
  }
  return tensor
}

function expectShape(tensor: NamedTensor, shape: readonly number[]): NamedTensor {
  if (tensor.shape.length !== shape.length || tensor.shape.some((dim, i) => dim !== shape[i])) {
    throw new BadTensor(`the input "${tensor.name}" must be of shape [${shape}], not [${tensor.shape}]`)
  }
  return tensor
}

function checkSizes(question: Question, { targets }: ModelSize): void {
  const { batch, owned, count, also } = question
  if (batch < 1 || owned < 1) throw new BadTensor('rows must hold at least one game of at least one library')
  if (batch > MAX_BATCH) throw new BadTensor(`a request holds at most ${MAX_BATCH} libraries, not ${batch}`)
  if (batch * owned > MAX_OWNED_ROWS) {
    throw new BadTensor(`a request holds at most ${MAX_OWNED_ROWS} owned games, not ${batch * owned}`)
  }
  if (count < 1 || count > targets)
    throw new BadTensor(`count must be between 1 and ${targets}, not ${count}`)
  if (also.length < batch || also.length > batch * targets)
    throw new BadTensor(`also must hold between 1 and ${targets} columns for each library`)
  const contributions = batch * owned * pickCount(question)
  if (contributions > MAX_CONTRIBUTIONS) {
    throw new BadTensor(`picks × owned games must be at most ${MAX_CONTRIBUTIONS}, not ${contributions}`)
  }
}

function checkValues({ rows, weights, also }: Question, { games, targets }: ModelSize): void {
  const row = rows.find((value) => value < 0 || value >= games)
  if (row !== undefined) throw new BadTensor(`rows must be between 0 and ${games - 1}, not ${row}`)
  const column = also.find((value) => value < 0 || value >= targets)
  if (column !== undefined) throw new BadTensor(`also must be between 0 and ${targets - 1}, not ${column}`)
  const weight = weights.find((value) => !Number.isFinite(value))
  if (weight !== undefined) throw new BadTensor(`weights must be finite, not ${weight}`)
}

/** The question as the runtime takes it. */
export function toFeeds(question: Question): Record<string, Tensor> {
  const { batch, owned, rows, weights, played, allowed, count, also } = question
  return {
    rows: new Tensor('int32', rows, [batch, owned]),
    weights: new Tensor('float32', weights, [batch, owned]),
    played: new Tensor('bool', played, [batch, owned]),
    allowed: new Tensor('bool', allowed, [batch, allowed.length / batch]),
    count: new Tensor('int64', BigInt64Array.of(BigInt(count)), [1]),
    also: new Tensor('int32', also, [batch, also.length / batch]),
  }
}

const BRIEF = OUTPUTS.filter((name) => name !== 'contributions')

/** What the runtime is asked for: what is not wanted is not copied. */
export function outputsFor({ explained }: Question): readonly Output[] {
  return explained ? OUTPUTS : BRIEF
}

/** What the runtime gives. */
export function toAnswer(found: Readonly<Record<string, Tensor>>): Answer {
  const { games, scores, reasons, shares, speaking, contributions } = found
  return {
    games: games?.data as BigInt64Array,
    scores: scores?.data as Float32Array,
    reasons: reasons?.data as Int32Array,
    shares: shares?.data as Float32Array,
    speaking: speaking?.data as Float32Array,
    ...(contributions && { contributions: contributions.data as Float32Array }),
  }
}

/** The answer as the protocol tells it. */
export function toTensors(question: Question, answer: Answer): NamedTensor[] {
  const { batch, owned } = question
  const { games, scores, reasons, shares, speaking, contributions } = answer
  const few = reasonCount(question)
  const picks = pickCount(question)
  return [
    { name: 'games', datatype: 'INT64', shape: [batch, picks], data: games },
    { name: 'scores', datatype: 'FP32', shape: [batch, picks], data: scores },
    ...(contributions
      ? [
          {
            name: 'contributions',
            datatype: 'FP32',
            shape: [batch, picks, owned],
            data: contributions,
          } as const,
        ]
      : []),
    { name: 'reasons', datatype: 'INT32', shape: [batch, picks, few], data: reasons },
    { name: 'shares', datatype: 'FP32', shape: [batch, picks, few], data: shares },
    { name: 'speaking', datatype: 'FP32', shape: [batch, picks, SPEAKING.length], data: speaking },
  ]
}
