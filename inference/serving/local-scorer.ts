import type { Log } from '../../core/log.ts'
import type { Scorer } from '../../core/recommend/scorer.ts'
import { readRanking, toQuestion } from '../client/ranking.ts'
import { readVocabulary } from '../model/model-files.ts'
import { toTensors } from '../model/question.ts'
import { readSecondStage } from '../model/reranker/second-stage-files.ts'
import { createVocabulary } from '../model/vocabulary.ts'
import type { Provider } from '../runtime/session.ts'
import { loadModel } from './loaded-model.ts'

export type LocalScorer = Scorer & {
  /** Appids, ascending. */
  readonly games: readonly number[]
  release(): Promise<void>
}

/**
 * Scores by a model's files in this process, through the same graph, weights and rules as a worker and its client do.
 * Checks the files first. Throws one sentence where they are not fit to serve.
 */
export async function openLocalScorer(folder: string, provider: Provider, log: Log): Promise<LocalScorer> {
  const chosen = { provider, why: 'asked for by name' }
  const model = await loadModel(folder, 0, { choice: provider, chosen, log })
  const file = await readVocabulary(folder)
  const ranking = { vocabulary: createVocabulary(file), secondStage: await readSecondStage(folder) }
  return {
    games: file.games,
    async rank(owned, allowed, limit) {
      const known = ranking.vocabulary.encode(owned)
      const question = toQuestion(ranking, known, allowed, limit)
      if (!question) return []
      const answer = toTensors(question, await model.run(question))
      return readRanking(answer, question, ranking, known, limit)
    },
    release: () => model.release(),
  }
}
