import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, Question } from '../model/question.ts'
import type { Provider } from '../runtime/session.ts'
import type { ServingModel } from './serving-session.ts'

/** A model that is open on a GPU. */
export type Device = {
  /** To the question that it began with. */
  readonly first: Answer
  readonly pid: number | undefined
  /** One question after another. Rejects with one sentence where the device fails at it, hangs or is gone. */
  run(question: Question): Promise<Answer>
  close(): Promise<void>
}

/** `known`: a question to begin with, so that the first player does not wait for kernels to be built. */
export type DeviceTask = {
  readonly model: ServingModel
  readonly provider: Provider
  readonly known: Question
}

export type DeviceRequest =
  | ({ readonly kind: 'open' } & DeviceTask)
  | { readonly kind: 'run'; readonly question: Question }

export type DeviceReply =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly error: string }

/** Reading the weights and building all kernels; a software adapter takes seconds for that. */
const OPEN_MS = 120_000
/** A driver that has been silent for so long does not come back. */
const HUNG_MS = 60_000

/**
 * Opens a model on a device, in a process of its own: a driver that crashes or hangs takes that process along and not the
 * worker with its requests. Rejects with one sentence.
 */
export async function openDevice(task: DeviceTask): Promise<Device> {
  const { child, gone, ask } = startProcess()
  const close = async () => {
    child.kill('SIGKILL')
    await gone
  }
  const first = await ask({ kind: 'open', ...task }, OPEN_MS).catch(async (error) => {
    await close()
    throw error
  })
  let last: Promise<unknown> = Promise.resolve()
  return {
    first,
    pid: child.pid,
    run(question) {
      const asked = last.then(() => ask({ kind: 'run', question }, HUNG_MS))
      last = asked.catch(() => {})
      return asked
    },
    close,
  }
}

/** A process that answers one request at a time. */
function startProcess() {
  const child = fork(fileURLToPath(import.meta.resolve('./device-process.ts')), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  })
  let end: string | undefined
  let settle: (reply: DeviceReply) => void = () => {}
  child.on('message', (reply: DeviceReply) => settle(reply))
  const gone = new Promise<void>((resolve) => {
    const finish = (why: string) => {
      end ??= why
      settle({ ok: false, error: end })
      resolve()
    }
    child.once('exit', (code, signal) => finish(`its process ended with ${signal ?? `exit code ${code}`}`))
    child.once('error', (error) => finish(error.message))
  })
  const ask = async (request: DeviceRequest, patienceMs: number): Promise<Answer> => {
    if (end !== undefined) throw new Error(end)
    const replied = new Promise<DeviceReply>((resolve) => {
      settle = resolve
    })
    // A request that cannot be sent: the end of the process follows.
    child.send(request, () => {})
    const hung = setTimeout(() => {
      end = `it was silent for ${patienceMs / 1000} s`
      child.kill('SIGKILL')
    }, patienceMs)
    const reply = await replied
    clearTimeout(hung)
    if (!reply.ok) throw new Error(reply.error)
    return reply.answer
  }
  return { child, gone, ask }
}
