import { Model } from './onnx-proto.ts'

/** Element types, by their numbers in ONNX's `TensorProto.DataType`. */
export const ELEMENT = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
} as const

type Element = keyof typeof ELEMENT

/** A size, or the name of one that is known only when the graph runs. */
type Dim = number | string

type Data = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array

/** A plain number is an integer, as most of ONNX's attributes are. */
type Attribute = number | readonly number[] | string | { readonly float: number }

/** Where a large tensor's bytes lie: a file beside the model; offset and length in bytes. */
type External = { readonly location: string; readonly offset: number; readonly length: number }

type NodeOptions = {
  /** A number asks for that many fresh names; names of one's own are for graph outputs. Default 1. */
  readonly outputs?: number | readonly string[]
  readonly attributes?: Readonly<Record<string, Attribute>>
  /** ONNX's own operators unless it is said. */
  readonly domain?: '' | 'com.microsoft'
}

/** Builds one ONNX graph; values are known by their names. The same calls give the same bytes. */
export type Graph = {
  input(name: string, element: Element, dims: readonly Dim[]): string
  output(name: string, element: Element, dims: readonly Dim[]): string
  /** A constant whose bytes lie in the model itself. */
  initializer(name: string, data: Data, dims: readonly number[]): string
  /** The same under a fresh name. */
  constant(data: Data, dims: readonly number[]): string
  /** A constant whose bytes lie in a file beside the model. */
  externalInitializer(name: string, element: Element, dims: readonly number[], at: External): string
  /** Adds one operation and returns the name of its first output. */
  node(op: string, inputs: readonly string[], options?: NodeOptions): string
  /** The same, with the names of all outputs. */
  nodes(op: string, inputs: readonly string[], options?: NodeOptions): string[]
  encode(): Uint8Array
}

/** Version 9 of the format and opset 17: what every runtime in use reads. */
const FORMAT = {
  irVersion: 9,
  producerName: 'indiescout',
  opsetImport: [
    { domain: '', version: 17 },
    { domain: 'com.microsoft', version: 1 },
  ],
}

export function createGraph(name: string): Graph {
  const graph = {
    name,
    node: [] as object[],
    initializer: [] as object[],
    input: [] as object[],
    output: [] as object[],
  }
  let fresh = 0
  const nodes = (op: string, inputs: readonly string[], options: NodeOptions = {}): string[] => {
    const { outputs = 1, attributes = {}, domain = '' } = options
    const named = typeof outputs === 'number' ? Array.from({ length: outputs }, () => `v${fresh++}`) : outputs
    const attribute = Object.entries(attributes).map(([key, value]) => ({ name: key, ...attributeOf(value) }))
    graph.node.push({
      input: inputs,
      output: named,
      name: `${op}_${graph.node.length}`,
      opType: op,
      attribute,
      domain,
    })
    return [...named]
  }
  return {
    input: (key, element, dims) => add(graph.input, key, valueInfo(element, dims)),
    output: (key, element, dims) => add(graph.output, key, valueInfo(element, dims)),
    initializer: (key, data, dims) => add(graph.initializer, key, inline(data, dims)),
    constant: (data, dims) => add(graph.initializer, `c${graph.initializer.length}`, inline(data, dims)),
    externalInitializer: (key, element, dims, at) => add(graph.initializer, key, external(element, dims, at)),
    node: (op, inputs, options) => nodes(op, inputs, options)[0] ?? '',
    nodes,
    encode: () => Model.encode({ ...FORMAT, graph }).finish(),
  }
}

function add(list: object[], name: string, fields: object): string {
  list.push({ name, ...fields })
  return name
}

function valueInfo(element: Element, dims: readonly Dim[]): object {
  const dim = dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }))
  return { type: { tensorType: { elemType: ELEMENT[element], shape: { dim } } } }
}

function inline(data: Data, dims: readonly number[]): object {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return { dims, dataType: ELEMENT[elementOf(data)], rawData }
}

function elementOf(data: Data): Element {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Float64Array) return 'float64'
  if (data instanceof Int32Array) return 'int32'
  return data instanceof BigInt64Array ? 'int64' : 'uint8'
}

function external(element: Element, dims: readonly number[], at: External): object {
  const externalData = Object.entries(at).map(([key, value]) => ({ key, value: String(value) }))
  return { dims, dataType: ELEMENT[element], externalData, dataLocation: 1 }
}

/** Type numbers of ONNX's `AttributeProto.AttributeType`. */
function attributeOf(value: Attribute): object {
  if (typeof value === 'number') return { i: value, type: 2 }
  if (typeof value === 'string') return { s: new TextEncoder().encode(value), type: 3 }
  return 'float' in value ? { f: value.float, type: 1 } : { ints: value, type: 7 }
}
