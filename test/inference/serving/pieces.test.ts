import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { versionFolder } from '../../../inference/model/model-files.ts'
import type { Question } from '../../../inference/model/question.ts'
import { servingGraph } from '../../../inference/model/serving-graph.ts'
import { openServing, score } from '../../../inference/serving/serving-session.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { appids, publishModel, smallModel } from '../../support/inference/model.ts'

const GAMES = 23
const model = smallModel(appids(GAMES))
const size = { games: GAMES, targets: model.targets.length }
const ROW_BYTES = 4 * size.targets

async function opener() {
  const modelDir = await temporaryFolder()
  const folder = versionFolder(modelDir, await publishModel(modelDir, model))
  return async (pieceBytes?: number) => {
    const session = await openServing({ graph: servingGraph(size, pieceBytes), folder }, 'cpu')
    onTestFinished(() => session.release())
    return session
  }
}

const library = fc
  .array(fc.tuple(fc.nat(GAMES - 1), fc.integer({ min: 0, max: 8 })), { minLength: 1, maxLength: 12 })
  .map((games): Question => {
    return {
      ...{ batch: 1, owned: games.length, count: 5, explained: true },
      rows: Int32Array.from(games, ([row]) => row),
      weights: Float32Array.from(games, ([, weight]) => weight / 4),
      played: Uint8Array.from(games, ([row]) => row % 2),
      also: Int32Array.of(1, 4),
      allowed: Uint8Array.from({ length: size.targets }, (_, at) => +(at % 3 !== 0)),
    }
  })

it.each([1, ROW_BYTES, 5 * ROW_BYTES + 3, 22 * ROW_BYTES, 23 * ROW_BYTES])(
  'in pieces of at most %i bytes the weights give the same answers as in one',
  async (pieceBytes) => {
    const open = await opener()
    const [whole, pieces] = [await open(), await open(pieceBytes)]
    const close = (values: Float32Array = new Float32Array()) =>
      Array.from(values, (value) => expect.closeTo(value, 5))
    await fc.assert(
      fc.asyncProperty(library, async (question) => {
        const expected = await score(whole, question)
        const found = await score(pieces, question)
        expect([...found.scores]).toEqual(close(expected.scores))
        expect([...(found.contributions ?? [])]).toEqual(close(expected.contributions))
        expect([...found.shares]).toEqual(close(expected.shares))
      }),
      { numRuns: 40 },
    )
  },
)
