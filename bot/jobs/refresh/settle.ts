import type { Refresh } from '../../../core/training/refresh.ts'
import { discardCandidates } from '../../../inference/model/candidates.ts'
import { readManifests } from '../../../inference/model/model-files.ts'
import { finishRollbacks } from '../../../inference/model/rollback.ts'
import type { RefreshParts } from './parts.ts'
import { publishedBy } from './serving.ts'

type Needs = Pick<RefreshParts, 'refreshes' | 'modelDir' | 'log'>

/**
 * Writes down what became of those whose processes were killed, and clears up after them. For whoever is alone: nobody
 * else is at it. A version says by what it was made, so what was published counts, however its maker ended.
 */
export async function settle({ refreshes, modelDir, log }: Needs): Promise<void> {
  await discardCandidates(modelDir)
  await finishRollbacks(modelDir)
  for (const refresh of await refreshes.running()) {
    const version = await versionBy(refresh, modelDir)
    const state = refresh.kind === 'rollback' ? 'rolled-back' : 'promoted'
    const reason = `its process ended during “${refresh.phase}”`
    const ending = version === undefined ? ({ state: 'abandoned' } as const) : ({ state, version } as const)
    await refreshes.end(refresh.id, { ...ending, reason })
    log('warn', 'a refresh was interrupted', { phase: refresh.phase, published: version ?? 'nothing' })
  }
}

async function versionBy({ id, kind, served }: Refresh, modelDir: string): Promise<number | undefined> {
  if (kind === 'refresh') return publishedBy(id, modelDir)
  return (await readManifests(modelDir)).find(({ manifest }) => manifest.rollback?.from === served)?.version
}
