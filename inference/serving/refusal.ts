import { errorFields, type Log } from '../../core/log.ts'
import { BadTensor } from '../protocol/tensors.ts'
import { Overloaded } from './batching.ts'

/** A request that is answered with a status of its own; the message is one sentence for whoever sent it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** What the sender is told of an error. Our own mistakes go to the log instead. */
export function refuse(error: unknown, log: Log): { status: number; message: string } {
  if (error instanceof BadTensor) return { status: 400, message: error.message }
  if (error instanceof Overloaded) return { status: 503, message: error.message }
  if (error instanceof Refusal) return { status: error.status, message: error.message }
  const { statusCode = 500, message } = error as { statusCode?: number; message: string }
  if (statusCode < 500) return { status: statusCode, message }
  log('error', 'an inference request failed', errorFields(error))
  return { status: 500, message: 'the worker failed; its log says why' }
}
