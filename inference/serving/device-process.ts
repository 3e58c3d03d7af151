import type { InferenceSession } from 'onnxruntime-node'
import { shortReason } from '../runtime/short-reason.ts'
import type { DeviceReply, DeviceRequest } from './device.ts'
import { openServing, score } from './serving-session.ts'

/** Run as a program by `device.ts`: opens one model on a device and answers one question after another. */
let session: InferenceSession | undefined

async function answer(request: DeviceRequest): Promise<DeviceReply> {
  try {
    if (request.kind === 'open') {
      session = await openServing(request.model, request.provider)
      return { ok: true, answer: await score(session, request.known) }
    }
    if (!session) throw new Error('no model was opened')
    return { ok: true, answer: await score(session, request.question) }
  } catch (error) {
    return { ok: false, error: shortReason(error) }
  }
}

process.on('message', async (request: DeviceRequest) => {
  process.send?.(await answer(request))
})
// A driver may keep a process alive whose parent is gone.
process.once('disconnect', () => process.exit())
