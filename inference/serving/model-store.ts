import { stat } from 'node:fs/promises'
import path from 'node:path'
import { FILES, MANIFEST_FILE } from '../model/manifest.ts'
import { versionFolder, versions } from '../model/model-files.ts'
import { type LoadedModel, type Loading, loadModel } from './loaded-model.ts'

export type StoreOptions = Loading & {
  readonly modelDir: string
  /** How often the folder is looked at. */
  readonly pollMs: number
  /** How long a version that was replaced still answers clients who know its vocabulary. */
  readonly graceMs: number
}

export type ModelStore = {
  /** The newest version that is fit to serve. */
  current(): LoadedModel | undefined
  /** All that are in memory, ascending. */
  loaded(): readonly LoadedModel[]
  /** Why a version on disk is not served, by version. */
  refused(): ReadonlyMap<number, string>
  /** Looks at the folder now, at refused versions too. */
  refresh(): Promise<void>
  stop(): Promise<void>
}

type State = {
  readonly options: StoreOptions
  current: LoadedModel | undefined
  readonly loaded: Map<number, LoadedModel>
  /** With the state of the files when they were refused: files that changed get another chance. */
  readonly refused: Map<number, { readonly why: string; readonly stamp: string }>
  readonly retiredAt: Map<number, number>
}

/** Keeps the newest good version loaded. Resolves after the first look. */
export async function openStore(options: StoreOptions): Promise<ModelStore> {
  const state: State = {
    options,
    current: undefined,
    loaded: new Map(),
    refused: new Map(),
    retiredAt: new Map(),
  }
  const watch = watchFolder(state)
  await watch.look()
  return {
    current: () => state.current,
    loaded: () => [...state.loaded.values()].sort((a, b) => a.version - b.version),
    refused: () => new Map([...state.refused].map(([version, { why }]) => [version, why])),
    async refresh() {
      state.refused.clear()
      await watch.look()
    },
    async stop() {
      await watch.stop()
      for (const model of state.loaded.values()) await model.release()
    },
  }
}

/** Looks one at a time, again and again; a folder that cannot be read is told once. */
function watchFolder(state: State) {
  const { log, pollMs } = state.options
  let last: Promise<void> = Promise.resolve()
  let told = ''
  const look = () => {
    last = last
      .then(() => lookOnce(state))
      .then(
        () => {
          told = ''
        },
        (error: Error) => {
          if (error.message !== told) log('warn', 'could not read the model folder', { error: error.message })
          told = error.message
        },
      )
    return last
  }
  let idle = true
  const timer = setInterval(async () => {
    if (!idle) return
    idle = false
    await look()
    idle = true
  }, pollMs)
  const stop = () => {
    clearInterval(timer)
    return last
  }
  return { look, stop }
}

/** Newest first, until one is good. A current version whose folder is gone gives way to those that are there. */
async function lookOnce(state: State): Promise<void> {
  for (const version of (await versions(state.options.modelDir)).reverse()) {
    if (version === state.current?.version) break
    const model = state.loaded.get(version) ?? (await tryLoad(state, version))
    if (model) {
      makeCurrent(state, model)
      break
    }
  }
  await releaseRetired(state)
}

async function tryLoad(state: State, version: number): Promise<LoadedModel | undefined> {
  const { modelDir, log } = state.options
  const folder = versionFolder(modelDir, version)
  const stamp = await stampOf(folder)
  if (state.refused.get(version)?.stamp === stamp) return undefined
  try {
    const model = await loadModel(folder, version, state.options)
    state.refused.delete(version)
    return model
  } catch (error) {
    const why = (error as Error).message
    state.refused.set(version, { why, stamp })
    log('warn', `rejected model version ${version}`, { why, serving: state.current?.version ?? 'none' })
    return undefined
  }
}

function makeCurrent(state: State, model: LoadedModel): void {
  const { current, options } = state
  if (current) state.retiredAt.set(current.version, Date.now())
  state.retiredAt.delete(model.version)
  state.loaded.set(model.version, model)
  state.current = model
  const { version, games, provider } = model
  options.log('info', `serving model version ${version}`, { games, provider, before: current?.version })
}

async function releaseRetired(state: State): Promise<void> {
  for (const [version, retiredAt] of state.retiredAt) {
    const model = state.loaded.get(version)
    if (!model || model.busy > 0 || Date.now() - retiredAt < state.options.graceMs) continue
    state.loaded.delete(version)
    state.retiredAt.delete(version)
    await model.release()
  }
}

async function stampOf(folder: string): Promise<string> {
  const files = [...Object.values(FILES), MANIFEST_FILE]
  const stats = await Promise.all(files.map((file) => stat(path.join(folder, file)).catch(() => undefined)))
  return stats.map((entry) => `${entry?.mtimeMs}:${entry?.size}`).join()
}
