import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../../core/log.ts'
import type { Answer, Question } from '../model/question.ts'
import type { Provider } from '../runtime/session.ts'
import type { Device } from './device.ts'

export type FallbackOptions = {
  readonly device: Device
  readonly provider: Provider
  readonly why: string
  /** Answers what the device does not. */
  readonly onProcessor: (question: Question) => Promise<Answer>
  /** A question that the device has answered before. */
  readonly known: Question
  /** Milliseconds that a player waits for the device before the processor answers in its place. */
  readonly patienceMs: number
  readonly log: Log
}

/** Who answers now, and why. */
export type Answering = {
  readonly provider: Provider
  readonly why: string
  run(question: Question): Promise<Answer>
}

/**
 * A device with the processor behind it: every question is answered. One that the device fails at, or is late with, is
 * answered by the processor, and so are all others until the device is back. After a failure it is asked something that it
 * knew before: where it fails at that too, or its process is gone, the processor takes over for good.
 */
export function withFallback(options: FallbackOptions): Answering {
  const { device, provider, onProcessor, known, patienceMs, log } = options
  let usable = true
  let lost: string | undefined

  const lose = async (reason: string) => {
    lost = `${provider} was lost: ${reason}`
    log('error', 'inference falls back to cpu until the next model version or start', { why: lost })
    await device.close()
  }
  const examine = async (reason: string) => {
    usable = false
    const sound = await device.run(known).then(
      () => true,
      () => false,
    )
    if (!sound) return lose(reason)
    usable = true
    log('warn', `${provider} failed on a request; cpu answered it`, { why: reason })
  }
  const ask = async (question: Question): Promise<Answer | undefined> => {
    const asked = device.run(question)
    const patience = new AbortController()
    const first = await Promise.race([
      asked.catch((error: Error) => error),
      pause(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ])
    patience.abort()
    if (first instanceof Error) void examine(first.message)
    else if (first) return first
    else wait(asked)
    return undefined
  }
  const wait = (asked: Promise<Answer>) => {
    usable = false
    log('warn', `${provider} is slow; cpu answers until it recovers`)
    asked.then(
      () => {
        usable = true
        log('info', `${provider} recovered`)
      },
      (error: Error) => void examine(error.message),
    )
  }
  return {
    get provider() {
      return lost === undefined ? provider : 'cpu'
    },
    get why() {
      return lost ?? options.why
    },
    run: async (question) => (usable ? await ask(question) : undefined) ?? onProcessor(question),
  }
}
