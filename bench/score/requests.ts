import { CANDIDATES } from '../../core/recommend/recommend.ts'
import { questionTensors, WANTED } from '../../inference/client/ranking.ts'
import type { ModelSize } from '../../inference/model/serving-graph.ts'
import { encodeRequest } from '../../inference/protocol/protocol.ts'
import { createRandom } from '../../test/support/builders/interactions.ts'

/** So many different libraries; after that they are asked again. */
const LIBRARIES = 64

/**
 * Whole HTTP requests, ready to be sent, for random libraries of one size: as many picks as `/recommend` asks for among all
 * targets, and of the answer what the program reads.
 */
export function makeRequests(url: string, size: ModelSize, owned: number): Buffer[] {
  const random = createRandom(owned)
  return Array.from({ length: LIBRARIES }, () => {
    const games = new Set<number>()
    while (games.size < owned) games.add(Math.floor(random() * size.games))
    return makeRequest(url, size, Int32Array.from(games))
  })
}

function makeRequest(url: string, { targets }: ModelSize, rows: Int32Array): Buffer {
  const question = {
    ...{ batch: 1, owned: rows.length, rows, weights: new Float32Array(rows.length).fill(1) },
    ...{ played: new Uint8Array(rows.length).fill(1), also: new Int32Array(1) },
    ...{ allowed: new Uint8Array(targets).fill(1), count: Math.min(CANDIDATES, targets), explained: false },
  }
  const { body, headers } = encodeRequest(questionTensors(question), { outputs: WANTED })
  const lines = [
    'POST /v2/models/ease/infer HTTP/1.1',
    `host: ${new URL(url).host}`,
    `content-length: ${body.length}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
}
