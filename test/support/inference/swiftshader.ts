import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { vi } from 'vitest'
import type { Logged } from '../fakes/kept-log.ts'

/** Debian's `chromium` holds SwiftShader, a Vulkan driver in software, and `libvulkan1` finds it: a GPU for any machine. */
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json'

const present = existsSync(DRIVER) && globSync('/usr/lib/*/libvulkan.so.1').length > 0

if (!present) console.warn('left out the tests on WebGPU: install the packages chromium and libvulkan1')

/** Under CI nothing is left out: there a missing driver fails the tests. */
export const canRunWebGpu = present || process.env.CI === 'true'

const DRIVER_SETTINGS = { VK_DRIVER_FILES: DRIVER, VK_ICD_FILENAMES: DRIVER }

/** Lets the processes that a test starts see this driver only. The test undoes it with `vi.unstubAllEnvs`. */
export function useSwiftshader(): void {
  for (const [name, value] of Object.entries(DRIVER_SETTINGS)) vi.stubEnv(name, value)
}

export type PlainTensor = {
  readonly type: 'float32' | 'int32' | 'int64' | 'bool'
  readonly data: Float32Array | Int32Array | BigInt64Array | Uint8Array
  readonly dims: readonly number[]
}

export type WebGpuTask = {
  /** A file's path, or the model's bytes. */
  readonly model: string | Uint8Array
  readonly feeds: Readonly<Record<string, PlainTensor>>
}

export type WebGpuAnswer =
  | { readonly ok: true; readonly outputs: Readonly<Record<string, PlainTensor>> }
  | { readonly ok: false; readonly error: string }

/** Runs a model once on WebGPU, in a process that sees this driver only. Throws where there is none. */
export async function runOnWebGpu(task: WebGpuTask): Promise<Readonly<Record<string, PlainTensor>>> {
  const answer = await inProcess<WebGpuAnswer>('webgpu-run.ts', task, DRIVER_SETTINGS)
  if (!answer.ok) throw new Error(`WebGPU (chromium and libvulkan1 installed?): ${answer.error}`)
  return answer.outputs
}

export type TrainingTask = {
  readonly players: number
  readonly games: number
  readonly l2: number
  readonly provider: 'cpu' | 'webgpu'
  readonly bufferLimit?: number
}

export type TrainingAnswer = {
  /** B, row-major; empty where there is an error. */
  readonly weights: Float32Array
  readonly error: string
  readonly phases: readonly string[]
  readonly lines: readonly Logged[]
}

/** A whole training on random libraries, in a process that sees this driver or another one. */
export function trainOnWebGpu(task: TrainingTask, driver = DRIVER): Promise<TrainingAnswer> {
  return inProcess('webgpu-training.ts', task, { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver })
}

async function inProcess<T>(program: string, task: object, driver: Record<string, string>): Promise<T> {
  const child = fork(path.join(import.meta.dirname, program), {
    env: { ...process.env, ...driver },
    serialization: 'advanced',
    stdio: 'ignore',
  })
  child.send(task)
  const gone = once(child, 'exit').then(([code, signal]): never => {
    throw new Error(`WebGPU (chromium and libvulkan1 installed?): ${program} ended with ${signal ?? code}`)
  })
  gone.catch(() => {})
  const [answer] = await Promise.race([once(child, 'message'), gone])
  child.kill()
  return answer as T
}
