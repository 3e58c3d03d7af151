import { createGraph, type Graph } from './onnx.ts'

/** The file beside the model that holds B: row-major float32, games × games, row = owned game, column = target. */
export const WEIGHTS_FILE = 'weights.bin'

/** Where a score would stand of a game that is not allowed: the lowest finite float32, since JSON has no infinity. */
export const MASKED = -3.4028234663852886e38

/**
 * The model as it is served, for a vocabulary of `games`; its bytes depend on nothing else.
 * Inputs: `rows` INT32 [batch, owned], row numbers of owned games; `weights` FP32 [batch, owned], 0 where `rows` is only
 * padding; `allowed` BOOL [batch, games]; `count` INT64 [1].
 * Outputs: `games` INT64 [batch, count], row numbers of the best allowed games, best first, ties by number; `scores` FP32
 * [batch, count]; `contributions` FP32 [batch, count, owned], the summands of each score, in the order of `rows`.
 */
export function servingGraph(games: number): Uint8Array {
  const graph = createGraph('ease')
  const rows = graph.input('rows', 'int32', ['batch', 'owned'])
  const weights = graph.input('weights', 'float32', ['batch', 'owned'])
  // Not the number itself: Triton holds its one configuration for all versions against every fixed size.
  const allowed = graph.input('allowed', 'bool', ['batch', 'games'])
  const count = graph.input('count', 'int64', [1])
  const length = games * games * Float32Array.BYTES_PER_ELEMENT
  const at = { location: WEIGHTS_FILE, offset: 0, length }
  const b = graph.externalInitializer('b', 'float32', [games, games], at)

  const owned = graph.node('Gather', [b, rows], { attributes: { axis: 0 } })
  const scores = squeeze(graph, graph.node('MatMul', [unsqueeze(graph, weights), owned]))
  const masked = graph.initializer('masked', Float32Array.of(MASKED), [])
  const open = graph.node('Where', [allowed, scores, masked])
  const best = graph.nodes('TopK', [open, count], {
    outputs: ['scores', 'games'],
    attributes: { axis: 1, largest: 1, sorted: 1 },
  })
  explain(graph, owned, weights, best[1] ?? '')

  graph.output('games', 'int64', ['batch', 'count'])
  graph.output('scores', 'float32', ['batch', 'count'])
  graph.output('contributions', 'float32', ['batch', 'count', 'owned'])
  return graph.encode()
}

/** contributions[b, k, o] = weights[b, o] · owned[b, o, best[b, k]] */
function explain(graph: Graph, owned: string, weights: string, best: string): void {
  const batchAndOwned = sizes(graph, owned, 0, 2)
  const picks = sizes(graph, best, 1, 2)
  const wanted = graph.node('Concat', [batchAndOwned, picks], { attributes: { axis: 0 } })
  const columns = graph.node('Expand', [unsqueeze(graph, best), wanted])
  const gathered = graph.node('GatherElements', [owned, columns], { attributes: { axis: 2 } })
  const byPick = graph.node('Transpose', [gathered], { attributes: { perm: [0, 2, 1] } })
  graph.node('Mul', [byPick, unsqueeze(graph, weights)], { outputs: ['contributions'] })
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
