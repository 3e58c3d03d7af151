import { gameId } from '../../core/ids.ts'
import { createScorer } from '../../inference/client.ts'
import { readVocabulary, versionFolder, versions } from '../../inference/model-files.ts'
import { startWorker } from '../../inference/spawn.ts'

/** `node test/bench/score.ts <MODEL_DIR> [owned] [parallel] [requests]`: scoring over HTTP on a warm worker of our own. */
const [modelDir = '.data/models', owned = 200, parallel = 1, requests = 1_000] = process.argv
  .slice(2)
  .map((value, i) => (i === 0 ? value : Number(value))) as [string?, number?, number?, number?]

const version = (await versions(modelDir)).at(-1) ?? 0
const { games } = await readVocabulary(versionFolder(modelDir, version))
const worker = await startWorker({ modelDir, provider: 'cpu', log: () => {} })
const scorer = createScorer({ urls: [worker.url], modelDir, log: () => {} })
const allowed = games.map(gameId)

/** A library spread over the whole vocabulary, another one for each number. */
function library(number: number) {
  const step = Math.floor(games.length / owned)
  return Array.from({ length: owned }, (_, i) => {
    const row = (i * step + number * 37) % games.length
    return { game: gameId(games[row] ?? 0), minutes: i % 2, name: undefined }
  })
}

const milliseconds: number[] = []
let next = 0
async function client(until: number): Promise<void> {
  while (next < until) {
    const start = performance.now()
    await scorer.rank(library(next++), allowed, 60)
    milliseconds.push(performance.now() - start)
  }
}

await client(100)
milliseconds.length = 0
const start = performance.now()
await Promise.all(Array.from({ length: parallel }, () => client(100 + requests)))
const seconds = (performance.now() - start) / 1000
milliseconds.sort((a, b) => a - b)
const at = (share: number) => milliseconds[Math.floor(milliseconds.length * share)]?.toFixed(2)
console.log(
  `${games.length} games, ${owned} owned, ${parallel} at a time: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${(requests / seconds).toFixed(0)} a second`,
)
await worker.stop()
