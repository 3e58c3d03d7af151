import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chooseProvider } from '../../../inference/runtime/session.ts'
import { startServer } from '../../../inference/server.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { canRunWebGpu, useSwiftshader } from '../../support/inference/swiftshader.ts'
import { keepLog } from '../../support/inference/worker.ts'

/** A machine without any device, whatever it is that runs the tests. */
beforeEach(() => {
  vi.stubEnv('CUDA_VISIBLE_DEVICES', '-1')
  vi.stubEnv('VK_DRIVER_FILES', '/nowhere.json')
  vi.stubEnv('VK_ICD_FILENAMES', '/nowhere.json')
  return () => vi.unstubAllEnvs()
})

describe('the provider', () => {
  it('falls back to the processor by itself, and one line says why', async () => {
    const { log, lines } = keepLog()
    expect(await chooseProvider('auto', log)).toMatchObject({ provider: 'cpu' })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ level: 'info', message: 'inference runs on cpu' })
    expect(lines[0]?.fields).toHaveProperty('why', expect.stringMatching(/^cuda: .+; webgpu: .+/))
  })

  it.each(['cuda', 'webgpu'] as const)(
    '%s is an error where it is asked for and cannot be had',
    async (name) => {
      await expect(chooseProvider(name, keepLog().log)).rejects.toThrow(
        new RegExp(`^the inference provider ${name} cannot be had here \\(.+\\): choose auto or cpu`),
      )
    },
  )

  it('that cannot be had keeps the worker from starting', async () => {
    const modelDir = await temporaryFolder()
    const { log } = keepLog()
    const worker = startServer({ modelDir, provider: 'cuda', host: '127.0.0.1', port: 0, log })
    await expect(worker).rejects.toThrow('the inference provider cuda cannot be had here')
  })
})

describe.runIf(canRunWebGpu)('a GPU in software', () => {
  it('is passed over by itself, because the processor is faster', async () => {
    useSwiftshader()
    const { provider, why } = await chooseProvider('auto', keepLog().log)
    expect([provider, why]).toEqual([
      'cpu',
      expect.stringContaining('webgpu: slower than the processor here'),
    ])
  })

  it('is taken where it is asked for', async () => {
    useSwiftshader()
    expect(await chooseProvider('webgpu', keepLog().log)).toMatchObject({
      provider: 'webgpu',
      bufferLimit: 2 ** 30,
    })
  })
})
