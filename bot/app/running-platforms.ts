import type { Platform } from '../../core/digest/delivery.ts'
import type { Poster } from '../../core/digest/poster.ts'
import { errorFields } from '../../core/log.ts'
import { type Context, doQuietly } from '../context/parts.ts'
import type {
  ConnectedPlatform,
  OpenPlatform,
  PlatformModule,
  PlatformParts,
} from '../context/platform-module.ts'
import type { Mount } from './http.ts'

export type RunningPlatforms = {
  /** Connects those that may come first, or those that come last. One that fails doesn't take the others down. */
  connect(when: 'first' | 'last'): Promise<void>
  /** Names those that are configured and not refused. */
  names(): readonly string[]
  health(): Readonly<Record<string, ReturnType<ConnectedPlatform['health']>>>
  posters(): Partial<Record<Platform, Poster>>
  readonly mounts: readonly Mount[]
  readonly configured: boolean
}

const CONNECTING: Pick<ConnectedPlatform, 'health'> = {
  health: () => ({ ok: false, detail: 'connecting' }),
}

/** Prepares the platforms that are configured. */
export async function openPlatforms(
  context: Context,
  modules: readonly PlatformModule[],
  parts: PlatformParts,
): Promise<RunningPlatforms> {
  const open = new Map<PlatformModule, OpenPlatform>()
  for (const module of modules) {
    const platform = await module.open(context, parts)
    if (platform) open.set(module, platform)
  }
  const last = [...open].filter(([, { connectsLast }]) => connectsLast)
  const standing = new Map<PlatformModule, Pick<ConnectedPlatform, 'health'>>(
    last.map(([module]) => [module, CONNECTING]),
  )
  return {
    configured: open.size > 0,
    mounts: [...open.values()].flatMap(({ mount }) => mount ?? []),
    async connect(when) {
      for (const [module, platform] of open) {
        if (platform.connectsLast !== (when === 'last' || undefined)) continue
        const connected = await attempt(context, module.name, platform.connect())
        if (connected) standing.set(module, connected)
        else standing.delete(module)
      }
    },
    names: () => modules.filter((module) => standing.has(module)).map(({ name }) => name),
    health: () => Object.fromEntries([...standing].map(([{ name }, { health }]) => [name, health()])),
    posters: () =>
      Object.fromEntries(
        [...open].filter(([module]) => standing.has(module)).map(([{ key }, { poster }]) => [key, poster()]),
      ),
  }
}

/** One platform's bad token must not take the other one down. */
async function attempt(
  { log, closers, step = doQuietly }: Context,
  name: string,
  starting: Promise<ConnectedPlatform>,
): Promise<ConnectedPlatform | undefined> {
  try {
    return await step(name, () => closers.open(name, starting, ({ stop }) => stop()))
  } catch (error) {
    if (closers.signal.aborted) throw error
    log('error', `${name} did not start`, errorFields(error))
    return undefined
  }
}
