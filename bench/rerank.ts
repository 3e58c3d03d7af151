import { parseArgs } from 'node:util'
import { gameId } from '../core/ids.ts'
import { questionTensors, readRanking, toQuestion } from '../inference/client/ranking.ts'
import { readVocabulary, versionFolder, versions } from '../inference/model/model-files.ts'
import { toTensors } from '../inference/model/question.ts'
import { readSecondStage } from '../inference/model/reranker/second-stage-files.ts'
import { createVocabulary } from '../inference/model/vocabulary.ts'
import { loadModel } from '../inference/serving/loaded-model.ts'

const HELP = `node bench/rerank.ts [options]

Times each part of an answer on the newest model of MODEL_DIR, for random libraries: what the client does before it asks,
the first stage on the processor, and the second stage, which reads the answer and brings it into its final order. Means in
milliseconds: of the first and the third part the processor's, of the first stage and the whole as they go by.

  --owned N,N,…   sizes of the libraries (3,20,200,1000,5000)
  --rounds N      of each (200)`

const { values } = parseArgs({
  options: {
    owned: { type: 'string', default: '3,20,200,1000,5000' },
    rounds: { type: 'string', default: '200' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) console.log(HELP)
else await measure(process.env['MODEL_DIR'] ?? '.data/models')

async function measure(modelDir: string): Promise<void> {
  const version = (await versions(modelDir)).at(-1)
  if (version === undefined) throw new Error(`there is no model in ${modelDir}: npm run train makes one`)
  const folder = versionFolder(modelDir, version)
  const chosen = { provider: 'cpu', why: 'asked for by name' } as const
  const model = await loadModel(folder, version, { choice: 'cpu', chosen, log: () => {} })
  const file = await readVocabulary(folder)
  const before = process.memoryUsage()
  const secondStage = await readSecondStage(folder)
  const after = process.memoryUsage()
  const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 2 ** 20
  console.log(`second stage in memory: ${megabytes.toFixed(0)} MB`)
  const ranking = { vocabulary: createVocabulary(file), secondStage }
  const allowed = file.targets.map(gameId)
  console.log('| games | ask ms | first stage ms | second stage ms | whole p50 ms | whole p99 ms |')
  console.log('| --- | --- | --- | --- | --- | --- |')
  for (const owned of values.owned.split(',').map(Number)) {
    const parts = { ask: 0, first: 0, second: 0 }
    const whole: number[] = []
    const [warm, rounds] = [20, Number(values.rounds)]
    for (let round = 0; round < warm + rounds; round++) {
      const library = libraryOf(file.games, owned, round)
      const begin = performance.now()
      const used = [usedMs()]
      const known = ranking.vocabulary.encode(library)
      const question = toQuestion(ranking, known, allowed, 200)
      if (!question) throw new Error('the model knows none of these games')
      questionTensors(question)
      used.push(usedMs())
      const asked = performance.now()
      const answer = toTensors(question, await model.run(question))
      const answered = performance.now()
      used.push(usedMs())
      readRanking(answer, question, ranking, known, 200)
      used.push(usedMs())
      if (round < warm) continue
      const [from = 0, to = 0, again = 0, done = 0] = used
      parts.ask += to - from
      parts.first += answered - asked
      parts.second += done - again
      whole.push(performance.now() - begin)
    }
    whole.sort((a, b) => a - b)
    const quantile = (part: number) => whole[Math.floor(part * (whole.length - 1))] ?? Number.NaN
    const told = [...Object.values(parts).map((sum) => sum / rounds), quantile(0.5), quantile(0.99)]
    console.log(`| ${[owned, ...told.map((time) => time.toFixed(2))].join(' | ')} |`)
  }
  await model.release()
}

/** Processor time of this thread, in milliseconds. */
function usedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** Games drawn by chance; popular ones are no more frequent, which makes no difference to the time. */
function libraryOf(games: readonly number[], owned: number, seed: number) {
  let state = seed + 1
  const drawn = new Set<number>()
  while (drawn.size < Math.min(owned, games.length)) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    drawn.add(games[state % games.length] ?? 0)
  }
  return [...drawn].map((game, at) => ({
    game: gameId(game),
    minutes: at % 3 === 0 ? 0 : 60 * at,
    name: undefined,
  }))
}
