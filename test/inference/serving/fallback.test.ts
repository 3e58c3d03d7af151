import { expect, it } from 'vitest'
import type { Answer, Question } from '../../../inference/model/question.ts'
import type { Device } from '../../../inference/serving/device.ts'
import { withFallback } from '../../../inference/serving/fallback.ts'
import { keepLog } from '../../support/inference/worker.ts'

/** What `device.test.ts` shows on a driver in software, step by step: a device that answers when it is told to. */
const answerOf = (score: number): Answer => ({
  games: BigInt64Array.of(1n),
  scores: Float32Array.of(score),
  reasons: new Int32Array(),
  shares: new Float32Array(),
  speaking: new Float32Array(),
})
const [FROM_DEVICE, FROM_PROCESSOR] = [answerOf(1), answerOf(2)]
const question = (batch: number) => ({ batch }) as Question
const KNOWN = question(0)

function stage() {
  const asked: { readonly batch: number; readonly reply: PromiseWithResolvers<Answer> }[] = []
  const closed = Promise.withResolvers<void>()
  const device: Device = {
    first: FROM_DEVICE,
    pid: undefined,
    run: ({ batch }) => {
      const reply = Promise.withResolvers<Answer>()
      asked.push({ batch, reply })
      return reply.promise
    },
    close: async () => closed.resolve(),
  }
  const { log, lines } = keepLog()
  const answering = withFallback({
    ...{ device, provider: 'webgpu', why: 'a test', known: KNOWN, patienceMs: 5, log },
    onProcessor: async () => FROM_PROCESSOR,
  })
  return { answering, asked, lines, closed: closed.promise }
}

it('asks a device that is late nothing more until it recovered', async () => {
  const { answering, asked, lines } = stage()
  expect(await answering.run(question(1))).toBe(FROM_PROCESSOR)
  expect(await answering.run(question(2))).toBe(FROM_PROCESSOR)
  expect(asked.map(({ batch }) => batch)).toEqual([1])
  asked[0]?.reply.resolve(FROM_DEVICE)
  await expect.poll(() => lines.some(({ message }) => message === 'webgpu recovered')).toBe(true)
  const again = answering.run(question(3))
  asked[1]?.reply.resolve(FROM_DEVICE)
  expect(await again).toBe(FROM_DEVICE)
  expect(answering.provider).toBe('webgpu')
})

it('goes back to a device that fails at one question, and knows what it knew before', async () => {
  const { answering, asked, lines } = stage()
  const first = answering.run(question(1))
  asked[0]?.reply.reject(new Error('too large'))
  expect(await first).toBe(FROM_PROCESSOR)
  expect(asked.map(({ batch }) => batch)).toEqual([1, KNOWN.batch])
  expect(await answering.run(question(2))).toBe(FROM_PROCESSOR)
  asked[1]?.reply.resolve(FROM_DEVICE)
  await expect.poll(() => lines.map(({ level }) => level)).toEqual(['warn'])
  expect(answering.provider).toBe('webgpu')
  const again = answering.run(question(3))
  asked[2]?.reply.resolve(FROM_DEVICE)
  expect(await again).toBe(FROM_DEVICE)
})

it('leaves a device for good that fails at what it knew', async () => {
  const { answering, asked, closed } = stage()
  const first = answering.run(question(1))
  asked[0]?.reply.reject(new Error('device lost'))
  await first
  asked[1]?.reply.reject(new Error('device lost'))
  await closed
  expect(answering).toMatchObject({ provider: 'cpu', why: 'webgpu was lost: device lost' })
  expect(await answering.run(question(2))).toBe(FROM_PROCESSOR)
  expect(asked).toHaveLength(2)
})
