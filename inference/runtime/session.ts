import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { env, InferenceSession } from 'onnxruntime-node'
import { z } from 'zod'
import type { Log } from '../../core/log.ts'

export type Provider = 'cuda' | 'webgpu' | 'cpu'
export type ProviderChoice = 'auto' | Provider

/** The provider that will run our graphs, and why it and none before it. */
export type Chosen = {
  readonly provider: Provider
  readonly why: string
  /** The most bytes that one of its buffers may have, as the adapter told; absent where nothing is bounded. */
  readonly bufferLimit?: number | undefined
}

/** Seconds that a driver may take to wake up before it counts as absent. */
const PROBE_TIMEOUT_MS = 20_000

const verdict = z.object({ ok: z.boolean(), why: z.string(), bufferLimit: z.number().positive().optional() })
export type Verdict = z.infer<typeof verdict>

/**
 * `auto` tries cuda, webgpu and cpu in turn and says in one line which it took and why. Throws where a provider that was
 * asked for by name cannot be had.
 */
export async function chooseProvider(choice: ProviderChoice, log: Log): Promise<Chosen> {
  const chosen = choice === 'auto' ? await firstThatWorks() : await byName(choice)
  const { provider, why, bufferLimit } = chosen
  log('info', `inference runs on ${provider}`, { why, ...(bufferLimit && { bufferLimit }) })
  return chosen
}

/** A session on just this provider; operations it lacks run on the CPU. `tuning` is for memory and threads. */
export async function openSession(
  model: string | Uint8Array,
  provider: Provider,
  tuning: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> {
  // What goes wrong is thrown; the runtime's own lines would only repeat it.
  env.logLevel = 'fatal'
  // TF32 keeps 10 bits of the mantissa. Read by CUDA's libraries when they load.
  if (provider === 'cuda') process.env.NVIDIA_TF32_OVERRIDE ??= '0'
  const options = { ...tuning, executionProviders: [provider], logSeverityLevel: 4 } as const
  return typeof model === 'string'
    ? InferenceSession.create(model, options)
    : InferenceSession.create(model, options)
}

async function firstThatWorks(): Promise<Chosen> {
  const [cuda, webgpu] = await Promise.all([probe('cuda'), probe('webgpu', 'compare')])
  if (cuda.ok) return { provider: 'cuda', why: cuda.why }
  const { bufferLimit } = webgpu
  if (webgpu.ok) return { provider: 'webgpu', why: `${webgpu.why}; cuda: ${cuda.why}`, bufferLimit }
  return { provider: 'cpu', why: `cuda: ${cuda.why}; webgpu: ${webgpu.why}` }
}

async function byName(provider: Provider): Promise<Chosen> {
  const found: Verdict = provider === 'cpu' ? { ok: true, why: '' } : await probe(provider)
  if (found.ok) return { provider, why: 'asked for by name', bufferLimit: found.bufferLimit }
  throw new Error(
    `the inference provider ${provider} cannot be had here (${found.why}): choose auto or cpu, or install what it needs`,
  )
}

/** In a process of its own: a driver may print what it likes there, hang, or crash. */
function probe(provider: Provider, ...compare: 'compare'[]): Promise<Verdict> {
  const script = fileURLToPath(import.meta.resolve('./provider-probe.ts'))
  const child = spawn(process.execPath, [script, provider, ...compare], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: PROBE_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, why: error.message }))
    child.once('close', (code, signal) => resolve(readVerdict(output, signal ?? `exit code ${code}`)))
  })
}

function readVerdict(output: string, end: string): Verdict {
  try {
    return verdict.parse(JSON.parse(output))
  } catch {
    return { ok: false, why: `its driver ended with ${end}` }
  }
}
