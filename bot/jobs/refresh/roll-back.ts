import type { Refresh } from '../../../core/training/refresh.ts'
import { identityOf } from '../../../inference/model/manifest.ts'
import { rollBack } from '../../../inference/model/rollback.ts'
import { prune } from '../../../inference/model/versions-kept.ts'
import type { RefreshParts } from './parts.ts'
import { newestModel } from './serving.ts'
import { settle } from './settle.ts'
import { tellUntold } from './tell.ts'

type Needs = Pick<RefreshParts, 'refreshes' | 'modelDir' | 'versionsKept' | 'tell' | 'log'>

/** Serves the model before the newest one again. Throws one sentence where there is none. `busy`: a refresh is running. */
export async function rollBackNow(parts: Needs): Promise<Refresh | 'busy'> {
  const { refreshes, modelDir, versionsKept } = parts
  const done = await refreshes.alone(async () => {
    await settle(parts)
    const serving = await newestModel(modelDir)
    if (!serving) throw new Error('there is no model to take back: npm run train makes one')
    const id = await refreshes.begin('rollback', serving.version)
    const findings = { withdrawn: { version: serving.version, identity: identityOf(serving.manifest) } }
    try {
      await refreshes.enter(id, 'roll back', findings)
      const { version, to } = await rollBack(modelDir)
      await refreshes.end(id, { state: 'rolled-back', version, reason: `version ${to} is back` })
    } catch (error) {
      await refreshes.end(id, { state: 'failed', reason: (error as Error).message })
      throw error
    }
    await prune(modelDir, versionsKept)
    await tellUntold(parts)
    return refreshes.get(id)
  })
  return done ?? 'busy'
}
