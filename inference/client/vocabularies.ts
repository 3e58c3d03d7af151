import { readVocabulary, versionFolder } from '../model/model-files.ts'
import { readSecondStage } from '../model/reranker/second-stage-files.ts'
import { createVocabulary } from '../model/vocabulary.ts'
import type { RankingModel } from './ranking.ts'

/** The vocabularies of a model folder and what goes with them, each read once for all servers. */
export type Vocabularies = {
  /** Throws where the folder has no such version. */
  of(version: number): Promise<RankingModel>
}

/** While a new version comes up, servers differ by one. */
const KEPT = 3

export function createVocabularies(modelDir: string): Vocabularies {
  const known = new Map<number, Promise<RankingModel>>()

  async function read(version: number): Promise<RankingModel> {
    const folder = versionFolder(modelDir, version)
    return {
      vocabulary: createVocabulary(await readVocabulary(folder)),
      secondStage: await readSecondStage(folder),
    }
  }

  return {
    async of(version) {
      const reading = known.get(version) ?? read(version)
      known.set(version, reading)
      try {
        const vocabulary = await reading
        const [oldest] = [...known.keys()].sort((a, b) => a - b)
        if (known.size > KEPT && oldest !== undefined) known.delete(oldest)
        return vocabulary
      } catch (error) {
        known.delete(version)
        throw error
      }
    },
  }
}
