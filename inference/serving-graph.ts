import { createGraph, ELEMENT, type Graph } from './onnx.ts'

/**
 * The file beside the model that holds those columns of B that may be picked: row-major float32, games × targets, row =
 * owned game, column = target.
 */
export const WEIGHTS_FILE = 'weights.bin'

/** Where a score would stand of a game that is not allowed: the lowest finite float32, since JSON has no infinity. */
export const MASKED = -3.4028234663852886e38

/** How many of a library's games are told as the reasons of a pick. */
export const MAX_REASONS = 3

/** `games`: rows of B, what a library may hold; `targets`: its columns, what may be picked. */
export type ModelSize = { readonly games: number; readonly targets: number }

/**
 * The model as it is served; its bytes depend on nothing but its size.
 * Inputs: `rows` INT32 [batch, owned], row numbers of owned games; `weights` FP32 [batch, owned], 0 where `rows` is only
 * padding; `allowed` BOOL [batch, targets]; `count` INT64 [1].
 * Outputs: `games` INT64 [batch, count], column numbers of the best allowed targets, best first, ties by number; `scores`
 * FP32 [batch, count]; `contributions` FP32 [batch, count, owned], the summands of each score, in the order of `rows`;
 * `reasons` INT32 [batch, count, reasons], places in `rows` of the up to three games that speak most for each pick, ties by
 * place; `shares` FP32, as many: their parts of all that speaks for it, 0 where a game does not.
 */
export function servingGraph({ games, targets }: ModelSize): Uint8Array {
  const graph = createGraph('ease')
  const rows = graph.input('rows', 'int32', ['batch', 'owned'])
  const weights = graph.input('weights', 'float32', ['batch', 'owned'])
  // Not the number itself: Triton holds its one configuration for all versions against every fixed size.
  const allowed = graph.input('allowed', 'bool', ['batch', 'targets'])
  const count = graph.input('count', 'int64', [1])
  const length = games * targets * Float32Array.BYTES_PER_ELEMENT
  const at = { location: WEIGHTS_FILE, offset: 0, length }
  const b = graph.externalInitializer('b', 'float32', [games, targets], at)

  const owned = graph.node('Gather', [b, rows], { attributes: { axis: 0 } })
  const scores = squeeze(graph, graph.node('MatMul', [unsqueeze(graph, weights), owned]))
  const masked = graph.initializer('masked', Float32Array.of(MASKED), [])
  const open = graph.node('Where', [allowed, scores, masked])
  const best = graph.nodes('TopK', [open, count], {
    outputs: ['scores', 'games'],
    attributes: { axis: 1, largest: 1, sorted: 1 },
  })
  chooseReasons(graph, explain(graph, owned, weights, best[1] ?? ''), owned)

  graph.output('games', 'int64', ['batch', 'count'])
  graph.output('scores', 'float32', ['batch', 'count'])
  graph.output('contributions', 'float32', ['batch', 'count', 'owned'])
  graph.output('reasons', 'int32', ['batch', 'count', 'reasons'])
  graph.output('shares', 'float32', ['batch', 'count', 'reasons'])
  return graph.encode()
}

/** contributions[b, k, o] = weights[b, o] · owned[b, o, best[b, k]] */
function explain(graph: Graph, owned: string, weights: string, best: string): string {
  const batchAndOwned = sizes(graph, owned, 0, 2)
  const picks = sizes(graph, best, 1, 2)
  const wanted = graph.node('Concat', [batchAndOwned, picks], { attributes: { axis: 0 } })
  const columns = graph.node('Expand', [unsqueeze(graph, best), wanted])
  const gathered = graph.node('GatherElements', [owned, columns], { attributes: { axis: 2 } })
  const byPick = graph.node('Transpose', [gathered], { attributes: { perm: [0, 2, 1] } })
  return graph.node('Mul', [byPick, unsqueeze(graph, weights)], { outputs: ['contributions'] })
}

/**
 * With c⁺ = max(0, contributions): the greatest of c⁺ over the owned games, and shares = c⁺ / Σ c⁺. What speaks against a
 * pick counts for nothing, in the sum neither; so padding, which counts 0 as well and comes last, changes no answer.
 */
function chooseReasons(graph: Graph, contributions: string, owned: string): void {
  const speaking = graph.node('Relu', [contributions])
  const most = graph.constant(BigInt64Array.of(BigInt(MAX_REASONS)), [1])
  const chosen = graph.nodes('TopK', [speaking, graph.node('Min', [sizes(graph, owned, 1, 2), most])], {
    outputs: 2,
    attributes: { axis: 2, largest: 1, sorted: 1 },
  })
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
