import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Log } from '../../core/log.ts'
import type { Interactions } from '../../core/training/interactions.ts'
import { topRows } from '../../inference/model/reranker/top-rows.ts'
import { chooseProvider } from '../../inference/runtime/session.ts'
import { trainModel } from '../../inference/training/train.ts'
import type { Trained } from '../../inference/training/trained.ts'
import { EASE } from '../../inference/training/variants.ts'
import { readPairs } from './pairs.ts'

/**
 * Run as a program by the bench, so that its memory can be told: `ours.ts PAIRS.csv [--weights FILE] [--provider NAME]`
 * trains as `npm run train` does, with the reference's λ, and prints what it took as one line of JSON. From reading the file
 * to the first player's ten best games; asking a GPU for its limits comes before.
 */
const providerChoice = z.enum(['cpu', 'webgpu', 'cuda'])
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { weights: { type: 'string' }, provider: { type: 'string', default: 'cpu' } },
})

const log: Log = (level, message, { why } = {}) => {
  if (level === 'warn') console.error(`${message}: ${why}`)
}
const { provider, bufferLimit } = await chooseProvider(providerChoice.parse(values.provider), log)

const phases: Record<string, number> = {}
let solvedIn = ''
const start = performance.now()
const interactions = await readPairs(positionals[0] ?? '')
const readAt = performance.now()
const trained = await trainModel({
  interactions,
  recipe: EASE,
  minPlayers: 1,
  solving: { provider, bufferLimit, log },
  onPhase: ({ name, seconds }) => {
    phases[name] = (phases[name] ?? 0) + seconds
    if (name.startsWith('solve')) solvedIn = name
  },
})
const trainedAt = performance.now()
const top = best(trained, interactions)
const end = performance.now()

const seconds = {
  load: (readAt - start) / 1000 + (phases.vocabulary ?? 0),
  gram: phases.gram ?? 0,
  solve: phases[solvedIn] ?? 0,
  predict: (phases.weights ?? 0) + (end - trainedAt) / 1000,
  checks: (phases.fingerprint ?? 0) + (phases.check ?? 0),
  total: (end - start) / 1000,
}
const { vocabulary, pairs, players, residual } = trained
const peakBytes = process.resourceUsage().maxRSS * 1024
const told = { seconds, peakBytes, solvedIn, games: vocabulary.length, pairs, players, residual, top }
console.log(JSON.stringify(told))
if (values.weights) await writeFile(values.weights, trained.weights)

/** Items, as the file names them, that the first player does not own. */
function best({ vocabulary, weights }: Trained, { games, offsets }: Interactions): number[] {
  const n = vocabulary.length
  const owned = new Set(games.subarray(0, offsets[1]))
  const scores = new Float64Array(n)
  for (const [row, game] of vocabulary.entries()) {
    if (!owned.has(game)) continue
    for (let target = 0; target < n; target++)
      (scores[target] as number) += weights[row * n + target] as number
  }
  const open = Int32Array.from(vocabulary.keys()).filter((row) => !owned.has(vocabulary[row] ?? 0))
  return Array.from(topRows(scores, open, 10), (row) => (vocabulary[row] ?? 0) - 1)
}
