import { availableParallelism } from 'node:os'
import type { GameLabels } from '../../../core/catalogue/game-labels.ts'
import type { Knowledge } from '../../model/reranker/features.ts'
import type { SecondStage } from '../../model/reranker/second-stage-files.ts'
import type { Fitted } from '../fit.ts'
import { weightingOf } from '../gram/evidence.ts'
import type { Phases } from '../phases.ts'
import type { Plays } from '../plays.ts'
import { startThreads } from '../threads/threads.ts'
import type { Recipe } from '../variants.ts'
import { knowledgeOf } from './knowledge.ts'
import { fitReranker, type Learnt, tellPlayers } from './learn-reranker.ts'

export type RerankTask = {
  readonly plays: Plays
  /** Beside the vocabulary. */
  readonly labels: readonly GameLabels[]
  readonly recipe: Recipe
  readonly solved: Pick<Fitted, 'inverse' | 'scale'>
  /** Rows of the targets, ascending. */
  readonly rows: Int32Array
  readonly phases: Phases
}

/** What the order of the candidates is learnt from; undefined where the recipe asks for none, or players are too few. */
export async function examinePlayers(
  task: RerankTask,
): Promise<{ readonly knowledge: Knowledge; readonly learnt: Learnt } | undefined> {
  const { plays, labels, recipe, solved, rows, phases } = task
  if (recipe.reranked === 0) return undefined
  const solution = { ...solved, targets: rows }
  const threads = startThreads(availableParallelism())
  try {
    const knowledge = await phases.time('facts and common owners', () =>
      knowledgeOf(plays, labels, rows, threads),
    )
    const weighting = weightingOf(plays, recipe)
    const lesson = { plays, solution, knowledge, recipe, weighting }
    const learnt = await phases.time('examine players', () => tellPlayers(lesson, threads))
    return learnt && { knowledge, learnt }
  } finally {
    await threads.stop()
  }
}

/** What brings the candidates into their final order; undefined as above. */
export async function learnSecondStage(task: RerankTask): Promise<SecondStage | undefined> {
  const examined = await examinePlayers(task)
  if (!examined) return undefined
  const { knowledge, learnt } = examined
  const { restraint } = task.recipe
  return {
    knowledge,
    reranker: await task.phases.time('learn the order', () => fitReranker(learnt, restraint)),
  }
}
