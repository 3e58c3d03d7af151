import { fitWeights } from '../../../inference/training/fit.ts'
import { createPhases } from '../../../inference/training/phases.ts'
import { chooseVocabulary, countOwners, restrict } from '../../../inference/training/plays.ts'
import { EASE } from '../../../inference/training/variants.ts'
import { interactionsOf, randomLibraries } from '../builders/interactions.ts'
import { keepLog } from '../fakes/kept-log.ts'
import type { TrainingAnswer, TrainingTask } from './swiftshader.ts'

/** Run as a program by `swiftshader.ts`: trains on random libraries and answers with B and what was told. */
process.once('message', async ({ players, games, l2, provider, bufferLimit }: TrainingTask) => {
  const interactions = interactionsOf(randomLibraries(players, games))
  const plays = restrict(interactions, chooseVocabulary(countOwners(interactions), 1))
  const { log, lines } = keepLog()
  const phases: string[] = []
  const watch = createPhases({ onPhase: ({ name }) => phases.push(name) })
  const solving = { provider, bufferLimit, log }
  const found = await fitWeights(plays, { ...EASE, l2 }, solving, watch).then(
    ({ weights }) => ({ weights: Float32Array.from(weights), error: '' }),
    (error: Error) => ({ weights: new Float32Array(), error: error.message }),
  )
  process.send?.({ ...found, phases, lines } satisfies TrainingAnswer)
})
