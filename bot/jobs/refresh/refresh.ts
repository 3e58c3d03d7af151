import { HELD_OUT_RULE, type Refresh } from '../../../core/training/refresh.ts'
import type { Ending, Right } from '../../../db/training/refreshes.ts'
import { candidateName, discardCandidates, noteMetrics } from '../../../inference/model/candidates.ts'
import { identityOf } from '../../../inference/model/manifest.ts'
import { readManifest } from '../../../inference/model/model-files.ts'
import { publishVersion } from '../../../inference/model/publish.ts'
import { prune } from '../../../inference/model/versions-kept.ts'
import { CannotTrain } from '../../../inference/training/cannot-train.ts'
import type { TrainedAside } from '../../../inference/training/train.ts'
import { compare } from './compare.ts'
import { type Course, createCourse } from './course.ts'
import type { RefreshParts } from './parts.ts'
import { gamesOf, newestModel, publishedBy, type Serving, servingModel } from './serving.ts'
import { settle } from './settle.ts'
import { tellUntold } from './tell.ts'

export type RefreshRequest = {
  /** For a schedule: nothing is done where the model has been refreshed since then. */
  readonly unlessSince?: Date | undefined
}

/**
 * Takes in what is new, trains a candidate, and serves it in place of the newest version if it is no worse. Killed at any
 * point, it leaves the serving model as it is, or whole in its place; the next one tidies up. `busy`: another process is
 * at it. `fresh`: there was nothing to do.
 */
export async function refresh(
  parts: RefreshParts,
  wish: RefreshRequest = {},
): Promise<Refresh | 'busy' | 'fresh'> {
  const done = await parts.refreshes.alone(async (right) => {
    await settle(parts)
    const outcome =
      wish.unlessSince && !(await isDue(parts, wish.unlessSince)) ? 'fresh' : await refreshNow(parts, right)
    await tellUntold(parts)
    return outcome
  })
  return done ?? 'busy'
}

/** An attempt that dies each time is not worth more. */
const ATTEMPTS = 3

/** Whether a model is to be made for this time. The first start and `npm run train` make one, too. */
export async function isDue(
  { refreshes, modelDir }: Pick<RefreshParts, 'refreshes' | 'modelDir'>,
  slot: Date,
): Promise<boolean> {
  const since = (await refreshes.since(slot)).filter(({ kind }) => kind === 'refresh')
  if (since.some(({ state }) => !['running', 'failed', 'abandoned'].includes(state))) return false
  if (since.length >= ATTEMPTS) return false
  const newest = await newestModel(modelDir)
  return newest === undefined || new Date(newest.manifest.created) < slot
}

async function refreshNow(parts: RefreshParts, right: Right): Promise<Refresh> {
  const { refreshes, modelDir, log } = parts
  const serving = await servingModel(modelDir)
  const course = createCourse(parts, await refreshes.begin('refresh', serving?.version))
  const ending = await attempt(parts, { course, serving, right }).catch(failed)
  // Whatever went wrong, what was published is served.
  const version = await publishedBy(course.id, modelDir)
  await course.end(version === undefined ? ending : { ...ending, state: 'promoted', version })
  await discardCandidates(modelDir)
  await prune(modelDir, parts.versionsKept)
  const done = await refreshes.get(course.id)
  const { state, reason } = done
  log(state === 'failed' ? 'error' : 'info', `refresh: ${state}`, { version, reason })
  return done
}

/** Where too little is known to train on, nothing is broken, and another try would end alike. */
function failed(error: unknown): Ending {
  if (error instanceof CannotTrain) return refused(error.message)
  return { state: 'failed', reason: error instanceof Error ? error.message : String(error) }
}

type Attempt = {
  readonly course: Course
  readonly serving: Serving | undefined
  readonly right: Right
}

async function attempt(parts: RefreshParts, { course, serving, right }: Attempt): Promise<Ending> {
  if (serving && serving.manifest.options.heldOut !== HELD_OUT_RULE) return refused(hasSeenAll(serving))
  const { warehouse, refreshes, modelDir } = parts
  course.note({ taken: await course.run('take in', () => warehouse.takeIn()) })
  const candidate = await course.run('train', () =>
    parts.train({ refresh: course.id, name: candidateName(course.id) }),
  )
  await noteData(parts, course, candidate, serving)
  const identity = identityOf(await readManifest(candidate.folder))
  course.note({ identity })
  if (serving && identity === identityOf(serving.manifest)) return { state: 'unchanged' }
  if ((await refreshes.withdrawn()).includes(identity)) return refused('it is a model that was rolled back')
  const objections = await course.run('evaluate', () => compare(parts, { course, candidate, serving }))
  if (objections.length > 0) return refused(objections.join('; '))
  await course.run('promote', () => promote(candidate.folder, course, { modelDir, right }))
  return { state: 'promoted' }
}

function refused(reason: string): Ending {
  return { state: 'refused', reason }
}

function hasSeenAll({ version }: Serving): string {
  return `version ${version} was trained before players were held out and has seen those who would judge: run npm run train once`
}

/** What the model is trained on, beside the last time. */
async function noteData(
  { warehouse, refreshes }: RefreshParts,
  course: Course,
  { vocabulary, players, pairs }: TrainedAside,
  serving: Serving | undefined,
): Promise<void> {
  const games = vocabulary.length
  const known = serving ? await gamesOf(serving.folder) : [...vocabulary]
  const unknown = await warehouse.unknownShare(known)
  const dataBefore = (await refreshes.lastWith('data'))?.findings.data
  course.note({
    data: { players, games, pairs, density: pairs / (players * games), unknown },
    ...(dataBefore && { dataBefore }),
  })
}

/** The rename is all that servers see of it: before, there is the old model, and after it the new one. */
async function promote(folder: string, { findings }: Course, { modelDir, right }: Promotion): Promise<void> {
  await noteMetrics(folder, { ...findings.after })
  await right.check()
  await publishVersion(folder, modelDir)
}

type Promotion = { readonly modelDir: string; readonly right: Right }
