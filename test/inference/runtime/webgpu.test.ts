import path from 'node:path'
import { inverse, Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { versionFolder } from '../../../inference/model/model-files.ts'
import { inverseGraph } from '../../../inference/solver/inverse-graph.ts'
import { blockLength, tilesOf } from '../../../inference/solver/tiles.ts'
import { createRandom } from '../../support/builders/interactions.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { appids, publishModel, referenceRanking, smallModel } from '../../support/inference/model.ts'
import { canRunWebGpu, runOnWebGpu } from '../../support/inference/swiftshader.ts'
import { cutTiles, wholeOf } from '../../support/inference/tiles.ts'

// A browser starts, and compiles its shaders on the CPU.
describe.runIf(canRunWebGpu)('on WebGPU', () => {
  it('the serving graph ranks, scores and explains a batch as the float64 reference does', async () => {
    const model = smallModel(appids(300))
    const modelDir = await temporaryFolder()
    const folder = versionFolder(modelDir, await publishModel(modelDir, model))
    const libraries = [
      new Map([
        [10, 1.5],
        [200, 1],
        [1500, 1.5],
      ]),
      new Map([
        [30, 1],
        [40, 1],
        [2990, 1],
      ]),
    ]
    const rows = libraries.flatMap((library) => [...library.keys()].map((game) => game / 10 - 1))
    const allowed = libraries.flatMap((library) => model.games.map((game) => +!library.has(game)))
    const { games, scores, contributions } = await runOnWebGpu({
      model: path.join(folder, 'model.onnx'),
      feeds: {
        rows: { type: 'int32', data: Int32Array.from(rows), dims: [2, 3] },
        weights: {
          type: 'float32',
          data: Float32Array.from(libraries.flatMap((library) => [...library.values()])),
          dims: [2, 3],
        },
        played: { type: 'bool', data: Uint8Array.of(1, 0, 1, 0, 0, 1), dims: [2, 3] },
        also: { type: 'int32', data: Int32Array.of(0, 1), dims: [2, 1] },
        allowed: { type: 'bool', data: Uint8Array.from(allowed), dims: [2, 300] },
        count: { type: 'int64', data: BigInt64Array.of(10n), dims: [1] },
      },
    })
    // After the ten best of each library comes the one that was asked for besides.
    const best = <T>(all: readonly T[], each: number) =>
      libraries.flatMap((_, at) => all.slice(at * 11 * each, (at * 11 + 10) * each))
    const expected = libraries.flatMap((library) => referenceRanking(model, library).slice(0, 10))
    const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 4))
    const told = Array.from(games?.data as BigInt64Array, (row) => model.games[Number(row)])
    expect(best(told, 1)).toEqual(expected.map(({ game }) => game))
    expect(best(Array.from(scores?.data as Float32Array), 1)).toEqual(
      close(expected.map(({ score }) => score)),
    )
    expect(best(Array.from(contributions?.data as Float32Array), 3)).toEqual(
      close(expected.flatMap((entry) => entry.contributions)),
    )
  })

  it('the solver inverts as float64 does', async () => {
    const n = 72
    const shape = { n, size: 24 }
    const random = createRandom(7)
    const plays = new Matrix(Array.from({ length: n }, () => Array.from({ length: n }, () => random() - 0.3)))
    const matrix = plays.transpose().mmul(plays).add(Matrix.eye(n).mul(5))
    const work = cutTiles(shape, (row, column) => matrix.get(row, column))
    const feeds = tilesOf(shape).map(([i, j], at) => {
      const dims = [blockLength(shape, i), blockLength(shape, j)]
      return [
        `tile_${at}`,
        { type: 'float32', data: Float32Array.from(work.memory[at] ?? []), dims },
      ] as const
    })
    const model = inverseGraph(shape, { leaf: 12 })
    const outputs = Object.values(await runOnWebGpu({ model, feeds: Object.fromEntries(feeds) }))
    const memory = outputs.map(({ data }) => data as Float32Array)
    const expected = inverse(matrix).to1DArray()
    const off = wholeOf({ ...shape, memory }).map((value, i) => Math.abs(value - (expected[i] ?? 0)))
    expect(off).toHaveLength(n * n)
    expect(Math.max(...off)).toBeLessThan(1e-4)
  })
})
