import { describe, expect, it } from 'vitest'
import { canRunWebGpu, type TrainingTask, trainOnWebGpu } from '../../support/inference/swiftshader.ts'

const SLOW = 180_000

async function greatestDifference(found: Float32Array, task: TrainingTask): Promise<number> {
  const { weights } = await trainOnWebGpu({ ...task, provider: 'cpu' })
  expect(found).toHaveLength(weights.length)
  return found.reduce((worst, weight, at) => Math.max(worst, Math.abs(weight - (weights[at] ?? 0))), 0)
}

describe.runIf(canRunWebGpu)('a whole training on WebGPU', () => {
  it(
    'gives the weights of the processor, in tiles that the adapter can hold',
    async () => {
      // Two blocks of at most 48 rows.
      const task = { players: 200, games: 90, l2: 20, provider: 'webgpu', bufferLimit: 8_100 } as const
      const { weights, phases, lines } = await trainOnWebGpu(task)
      expect(phases.filter((name) => name.startsWith('solve'))).toEqual(['solve in float32 on webgpu'])
      expect(lines).toEqual([])
      expect(await greatestDifference(weights, task)).toBeLessThan(1e-5)
    },
    SLOW,
  )

  it(
    'is done again on the processor where the adapter is not exact enough, and refused where nothing is',
    async () => {
      const task = { players: 40, games: 120, l2: 1e-5, provider: 'webgpu' } as const
      const { error, phases, lines } = await trainOnWebGpu(task)
      expect(phases.filter((name) => name.startsWith('solve'))).toEqual([
        'solve in float32 on webgpu',
        'solve in float32',
        'solve in float64',
      ])
      expect(error).toContain('not exact enough')
      expect(lines).toEqual([
        {
          level: 'warn',
          message: 'webgpu could not solve this, and cpu does it',
          fields: { why: expect.stringMatching(/^residual ./) },
        },
      ])
    },
    SLOW,
  )
})

it('a training goes on on the processor where there is no adapter', async () => {
  const task = { players: 200, games: 90, l2: 20, provider: 'webgpu' } as const
  const { weights, phases, lines } = await trainOnWebGpu(task, '/nowhere.json')
  expect(phases.filter((name) => name === 'solve in float32')).toHaveLength(1)
  expect(lines).toEqual([
    {
      level: 'warn',
      message: 'webgpu could not solve this, and cpu does it',
      fields: { why: expect.stringMatching(/.../) },
    },
  ])
  expect(await greatestDifference(weights, task)).toBeLessThan(1e-5)
})
