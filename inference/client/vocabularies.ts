import { readVocabulary, versionFolder } from '../model/model-files.ts'
import { createVocabulary, type Vocabulary } from '../model/vocabulary.ts'

/** The vocabularies of a model folder, each read once for all servers. */
export type Vocabularies = {
  /** Throws where the folder has no such version. */
  of(version: number): Promise<Vocabulary>
}

/** While a new version comes up, servers differ by one. */
const KEPT = 3

export function createVocabularies(modelDir: string): Vocabularies {
  const known = new Map<number, Promise<Vocabulary>>()

  async function read(version: number): Promise<Vocabulary> {
    return createVocabulary(await readVocabulary(versionFolder(modelDir, version)))
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
