import type { Refresh } from '../../core/refresh.ts'
import { discardCandidates } from '../../inference/candidates.ts'
import type { Manifest } from '../../inference/manifest.ts'
import { readManifests } from '../../inference/model-files.ts'
import { finishRollbacks } from '../../inference/rollback.ts'
import type { RefreshParts } from './parts.ts'

type Needs = Pick<RefreshParts, 'refreshes' | 'modelDir' | 'log'>

/**
 * Writes down what became of those whose processes were killed, and clears up after them. For whoever is alone: nobody
 * else is at it. A version says by which refresh it was made, so what was published counts, however it ended.
 */
export async function settle({ refreshes, modelDir, log }: Needs): Promise<void> {
  await discardCandidates(modelDir)
  await finishRollbacks(modelDir)
  const left = await refreshes.running()
  const manifests = left.length === 0 ? [] : await readManifests(modelDir)
  for (const refresh of left) {
    const made = manifests.find(({ manifest }) => isBy(refresh, manifest))
    const state = refresh.kind === 'rollback' ? 'rolled-back' : 'promoted'
    const reason = `its process ended during “${refresh.phase}”`
    await refreshes.end(
      refresh.id,
      made ? { state, version: made.version, reason } : { state: 'abandoned', reason },
    )
    log('warn', 'a refresh was cut off', { phase: refresh.phase, published: made?.version ?? 'nothing' })
  }
}

function isBy({ id, kind, served }: Refresh, { refresh, rollback }: Manifest): boolean {
  return kind === 'rollback' ? rollback !== undefined && rollback.from === served : refresh === id
}
