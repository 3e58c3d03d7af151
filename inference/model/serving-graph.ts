import { createGraph, ELEMENT, type Graph } from '../runtime/onnx.ts'
import { AUDIBLE, MANY, SPEAKING } from './reranker/speaking.ts'

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
 * padding; `played` BOOL, as many: whether the game was played; `allowed` BOOL [batch, targets]; `count` INT64 [1]; `also`
 * INT32 [batch, also], column numbers of targets that are told of besides, at least one.
 * Outputs: `games` INT64 [batch, picks], column numbers of the `count` best allowed targets, best first, ties by number, and
 * then those of `also`; `scores` FP32 [batch, picks]; `contributions` FP32 [batch, picks, owned], the summands of each score,
 * in the order of `rows`; `reasons` INT32 [batch, picks, reasons], places in `rows` of the up to three games that speak most
 * for each pick, ties by place; `shares` FP32, as many: their parts of all that speaks for it, 0 where a game does not;
 * `speaking` FP32 [batch, picks, 8]: see `model/speaking.ts`.
 */
export function servingGraph(size: ModelSize, pieceBytes = Number.POSITIVE_INFINITY): Uint8Array {
  const graph = createGraph('ease')
  const rows = graph.input('rows', 'int32', ['batch', 'owned'])
  const weights = graph.input('weights', 'float32', ['batch', 'owned'])
  // Not the number itself: Triton holds its one configuration for all versions against every fixed size.
  const played = graph.input('played', 'bool', ['batch', 'owned'])
  const allowed = graph.input('allowed', 'bool', ['batch', 'targets'])
  const count = graph.input('count', 'int64', [1])
  const also = graph.input('also', 'int32', ['batch', 'also'])

  const pieces = cutRows(size, pieceBytes)
  const parts = pieces.map((piece) => {
    const b = readRows(graph, size, piece)
    const own = pieces.length === 1 ? { rows, weights } : ownPart(graph, rows, weights, piece)
    return { weights: own.weights, owned: graph.node('Gather', [b, own.rows], { attributes: { axis: 0 } }) }
  })
  const scores = parts.map(({ owned, weights }) => graph.node('MatMul', [unsqueeze(graph, weights), owned]))
  const masked = graph.initializer('masked', Float32Array.of(MASKED), [])
  const open = graph.node('Where', [allowed, squeeze(graph, add(graph, scores)), masked])
  const games = chooseGames(graph, open, count, also)
  const explained = parts.map((part) => explain(graph, part, games))
  const contributions = graph.node('Identity', [add(graph, explained)], { outputs: ['contributions'] })
  const greatest = chooseReasons(graph, contributions)
  tellSpeaking(graph, contributions, greatest, played)

  graph.output('games', 'int64', ['batch', 'picks'])
  graph.output('scores', 'float32', ['batch', 'picks'])
  graph.output('contributions', 'float32', ['batch', 'picks', 'owned'])
  graph.output('reasons', 'int32', ['batch', 'picks', 'reasons'])
  graph.output('shares', 'float32', ['batch', 'picks', 'reasons'])
  graph.output('speaking', 'float32', ['batch', 'picks', SPEAKING.length])
  return graph.encode()
}

/** The best by score, and those that were asked for besides. */
function chooseGames(graph: Graph, open: string, count: string, also: string): string {
  const [scores = '', best = ''] = graph.nodes('TopK', [open, count], {
    outputs: 2,
    attributes: { axis: 1, largest: 1, sorted: 1 },
  })
  const asked = graph.node('Cast', [also], { attributes: { to: ELEMENT.int64 } })
  const told = graph.node('GatherElements', [open, asked], { attributes: { axis: 1 } })
  graph.node('Concat', [scores, told], { outputs: ['scores'], attributes: { axis: 1 } })
  return graph.node('Concat', [best, asked], { outputs: ['games'], attributes: { axis: 1 } })
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
 * pick counts for nothing, in the sum neither; so padding, which counts 0 as well and comes last, changes no answer. Returns
 * the greatest twenty of c⁺, descending.
 */
function chooseReasons(graph: Graph, contributions: string): string {
  const speaking = graph.node('Relu', [contributions])
  const most = graph.constant(BigInt64Array.of(BigInt(MANY)), [1])
  const many = graph.node('Min', [sizes(graph, contributions, 2, 3), most])
  const [greatest = '', places = ''] = graph.nodes('TopK', [speaking, many], {
    outputs: 2,
    attributes: { axis: 2, largest: 1, sorted: 1 },
  })
  graph.node('Cast', [first(graph, places, MAX_REASONS)], {
    outputs: ['reasons'],
    attributes: { to: ELEMENT.int32 },
  })
  const above0 = graph.node('Max', [
    sumOf(graph, speaking),
    graph.initializer('tiny', Float32Array.of(1e-37), []),
  ])
  graph.node('Div', [first(graph, greatest, MAX_REASONS), above0], { outputs: ['shares'] })
  return greatest
}

/** See `model/speaking.ts`, where the same is written a second time. */
function tellSpeaking(graph: Graph, contributions: string, greatest: string, played: string): void {
  const number = (value: number) => graph.constant(Float32Array.of(value), [])
  const asFloat = (value: string) => graph.node('Cast', [value], { attributes: { to: ELEMENT.float32 } })
  const root = graph.node('Sqrt', [graph.node('Abs', [contributions])])
  const size = graph.node('Mul', [root, graph.node('Sqrt', [root])])
  const unraised = graph.node('Mul', [graph.node('Sign', [contributions]), size])
  const ofPlayed = graph.node('Mul', [contributions, unsqueeze(graph, asFloat(played))])
  const parts = [
    sumOf(graph, unraised),
    first(graph, greatest, 1),
    sumOf(graph, first(graph, greatest, 5)),
    sumOf(graph, greatest),
    sumOf(graph, graph.node('Min', [contributions, number(0)])),
    sumOf(graph, asFloat(graph.node('Greater', [contributions, number(AUDIBLE)]))),
    graph.node('ReduceMax', [graph.node('Relu', [ofPlayed])], { attributes: { axes: [2], keepdims: 1 } }),
    sumOf(graph, ofPlayed),
  ]
  graph.node('Concat', parts, { outputs: ['speaking'], attributes: { axis: 2 } })
}

/** [batch, picks, x] → [batch, picks, 1] */
function sumOf(graph: Graph, value: string): string {
  return graph.node('ReduceSum', [value, graph.constant(BigInt64Array.of(2n), [1])], {
    attributes: { keepdims: 1 },
  })
}

/** [batch, picks, x] → [batch, picks, at most `count`] */
function first(graph: Graph, value: string, count: number): string {
  const number = (of: number) => graph.constant(BigInt64Array.of(BigInt(of)), [1])
  return graph.node('Slice', [value, number(0), number(count), number(2)])
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
