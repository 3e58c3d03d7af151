import { createGraph, ELEMENT, type Graph } from '../runtime/onnx.ts'

/**
 * The file beside the model that holds those columns of B that may be picked: row-major float32, games × targets, row =
 * owned game, column = target.
 */
const WEIGHTS_FILE = 'weights.bin'

/** Where a score would stand of a game that is not allowed: the lowest finite float32, since JSON has no infinity. */
export const MASKED = -3.4028234663852886e38

/** How many of a library's games are told as the reasons of a pick. */
export const MAX_REASONS = 3

/** `games`: rows of B, what a library may hold; `targets`: its columns, what may be picked. */
export type ModelSize = { readonly games: number; readonly targets: number }

/**
 * The model as it is served; its bytes depend on nothing but its size and the bound. `pieceBytes`: what no constant may
 * exceed, for a GPU whose buffers are bounded; B is then read from the same file in pieces of whole rows.
 * Inputs: `rows` INT32 [batch, owned], row numbers of owned games; `weights` FP32 [batch, owned], 0 where `rows` is only
 * padding; `allowed` BOOL [batch, targets]; `count` INT64 [1].
 * Outputs: `games` INT64 [batch, count], column numbers of the best allowed targets, best first, ties by number; `scores`
 * FP32 [batch, count]; `contributions` FP32 [batch, count, owned], the summands of each score, in the order of `rows`;
 * `reasons` INT32 [batch, count, reasons], places in `rows` of the up to three games that speak most for each pick, ties by
 * place; `shares` FP32, as many: their parts of all that speaks for it, 0 where a game does not.
 */
export function servingGraph(size: ModelSize, pieceBytes = Number.POSITIVE_INFINITY): Uint8Array {
  const graph = createGraph('ease')
  const rows = graph.input('rows', 'int32', ['batch', 'owned'])
  const weights = graph.input('weights', 'float32', ['batch', 'owned'])
  // Not the number itself: Triton holds its one configuration for all versions against every fixed size.
  const allowed = graph.input('allowed', 'bool', ['batch', 'targets'])
  const count = graph.input('count', 'int64', [1])

  const pieces = cutRows(size, pieceBytes)
  const parts = pieces.map((piece) => {
    const b = readRows(graph, size, piece)
    const own = pieces.length === 1 ? { rows, weights } : ownPart(graph, rows, weights, piece)
    return { weights: own.weights, owned: graph.node('Gather', [b, own.rows], { attributes: { axis: 0 } }) }
  })
  const scores = parts.map(({ owned, weights }) => graph.node('MatMul', [unsqueeze(graph, weights), owned]))
  const masked = graph.initializer('masked', Float32Array.of(MASKED), [])
  const open = graph.node('Where', [allowed, squeeze(graph, add(graph, scores)), masked])
  const best = graph.nodes('TopK', [open, count], {
    outputs: ['scores', 'games'],
    attributes: { axis: 1, largest: 1, sorted: 1 },
  })
  const explained = parts.map((part) => explain(graph, part, best[1] ?? ''))
  const contributions = graph.node('Identity', [add(graph, explained)], { outputs: ['contributions'] })
  chooseReasons(graph, contributions)

  graph.output('games', 'int64', ['batch', 'count'])
  graph.output('scores', 'float32', ['batch', 'count'])
  graph.output('contributions', 'float32', ['batch', 'count', 'owned'])
  graph.output('reasons', 'int32', ['batch', 'count', 'reasons'])
  graph.output('shares', 'float32', ['batch', 'count', 'reasons'])
  return graph.encode()
}

/** Rows `start` up to `start + count` of B. */
type Piece = { readonly start: number; readonly count: number }

/** As few pieces as the bound allows, of about the same length; at least a row each. */
function cutRows({ games, targets }: ModelSize, pieceBytes: number): Piece[] {
  const rowBytes = targets * Float32Array.BYTES_PER_ELEMENT
  const most = Math.min(games, Math.max(1, Math.floor(pieceBytes / rowBytes)))
  const count = Math.ceil(games / Math.ceil(games / most))
  return Array.from({ length: Math.ceil(games / count) }, (_, at) => {
    return { start: at * count, count: Math.min(count, games - at * count) }
  })
}

/** A part of the file of weights. */
function readRows(graph: Graph, { targets }: ModelSize, { start, count }: Piece): string {
  const rowBytes = targets * Float32Array.BYTES_PER_ELEMENT
  const at = { location: WEIGHTS_FILE, offset: start * rowBytes, length: count * rowBytes }
  return graph.externalInitializer(`b_${start}`, 'float32', [count, targets], at)
}

/** The row numbers within a piece, and weights that are 0 where a game's row lies in another. */
function ownPart(graph: Graph, rows: string, weights: string, { start, count }: Piece) {
  const number = (value: number) => graph.constant(Int32Array.of(value), [])
  const shifted = graph.node('Sub', [rows, number(start)])
  const within = graph.node('Min', [graph.node('Max', [shifted, number(0)]), number(count - 1)])
  const isOwn = graph.node('Equal', [shifted, within])
  const none = graph.constant(Float32Array.of(0), [])
  return { rows: within, weights: graph.node('Where', [isOwn, weights, none]) }
}

function add(graph: Graph, values: readonly string[]): string {
  return values.reduce((sum, value) => graph.node('Add', [sum, value]))
}

type Part = { readonly owned: string; readonly weights: string }

/** contributions[b, k, o] = weights[b, o] · owned[b, o, best[b, k]] */
function explain(graph: Graph, { owned, weights }: Part, best: string): string {
  const batchAndOwned = sizes(graph, owned, 0, 2)
  const picks = sizes(graph, best, 1, 2)
  const wanted = graph.node('Concat', [batchAndOwned, picks], { attributes: { axis: 0 } })
  const columns = graph.node('Expand', [unsqueeze(graph, best), wanted])
  const gathered = graph.node('GatherElements', [owned, columns], { attributes: { axis: 2 } })
  const byPick = graph.node('Transpose', [gathered], { attributes: { perm: [0, 2, 1] } })
  return graph.node('Mul', [byPick, unsqueeze(graph, weights)])
}

/**
 * With c⁺ = max(0, contributions): the greatest of c⁺ over the owned games, and shares = c⁺ / Σ c⁺. What speaks against a
 * pick counts for nothing, in the sum neither; so padding, which counts 0 as well and comes last, changes no answer.
 */
function chooseReasons(graph: Graph, contributions: string): void {
  const speaking = graph.node('Relu', [contributions])
  const most = graph.constant(BigInt64Array.of(BigInt(MAX_REASONS)), [1])
  const chosen = graph.nodes(
    'TopK',
    [speaking, graph.node('Min', [sizes(graph, contributions, 2, 3), most])],
    {
      outputs: 2,
      attributes: { axis: 2, largest: 1, sorted: 1 },
    },
  )
  graph.node('Cast', [chosen[1] ?? ''], { outputs: ['reasons'], attributes: { to: ELEMENT.int32 } })
  const axis = graph.constant(BigInt64Array.of(2n), [1])
  const sum = graph.node('ReduceSum', [speaking, axis], { attributes: { keepdims: 1 } })
  const above0 = graph.node('Max', [sum, graph.initializer('tiny', Float32Array.of(1e-37), [])])
  graph.node('Div', [chosen[0] ?? '', above0], { outputs: ['shares'] })
}

/** The sizes of a value's dimensions `from` up to `to`. */
function sizes(graph: Graph, value: string, from: number, to: number): string {
  const at = (index: number) => graph.constant(BigInt64Array.of(BigInt(index)), [1])
  return graph.node('Slice', [graph.node('Shape', [value]), at(from), at(to)])
}

/** [batch, x] → [batch, 1, x] */
function unsqueeze(graph: Graph, value: string): string {
  return graph.node('Unsqueeze', [value, graph.constant(BigInt64Array.of(1n), [1])])
}

/** [batch, 1, x] → [batch, x] */
function squeeze(graph: Graph, value: string): string {
  return graph.node('Squeeze', [value, graph.constant(BigInt64Array.of(1n), [1])])
}
