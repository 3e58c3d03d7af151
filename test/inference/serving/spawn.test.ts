import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import { createScorer } from '../../../inference/client/client.ts'
import { startWorker } from '../../../inference/serving/spawn.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { publishModel, smallModel } from '../../support/inference/model.ts'
import { keepLog } from '../../support/inference/worker.ts'
import { eventually } from '../../support/waiting.ts'

const model = smallModel()
const mine = [{ game: gameId(10), minutes: 5, name: undefined }]

async function start() {
  const modelDir = await temporaryFolder()
  await publishModel(modelDir, model)
  const { log, lines } = keepLog()
  const worker = await startWorker({ modelDir, provider: 'cpu', log, restartMs: 10 })
  onTestFinished(worker.stop)
  const scorer = createScorer({ urls: [worker.url], modelDir, log })
  return { worker, lines, rank: () => scorer.rank(mine, model.games.map(gameId), 3) }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the worker as a process of its own', () => {
  it('is started again at the same address when it is killed, and the client finds it', async () => {
    const { worker, lines, rank } = await start()
    const before = await rank()
    expect(before).toHaveLength(3)
    const { pid = 0 } = worker
    process.kill(pid, 'SIGKILL')
    await eventually(() => expect(worker.pid).not.toBe(pid))
    await eventually(async () => expect(await rank()).toEqual(before), 100)
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: { end: 'SIGKILL', pauseMs: 10 } }),
    )
  })

  it('starts whatever its parent is told of platforms, of which it is told nothing', async () => {
    // By themselves each of these is half a setting.
    for (const name of ['SHARDS', 'SLACK_CLIENT_ID', 'SLACK_APP_TOKEN']) vi.stubEnv(name, 'xapp-1')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { rank } = await start()
    expect(await rank()).toHaveLength(3)
  })

  it('ends when it is stopped, and stays away', async () => {
    const { worker, rank } = await start()
    const { pid = 0 } = worker
    await worker.stop()
    expect(isAlive(pid)).toBe(false)
    await expect(rank()).rejects.toMatchObject({ party: 'inference' })
  })

  it('is an error where it cannot start', async () => {
    const modelDir = await temporaryFolder()
    const script = path.join(modelDir, 'missing.ts')
    const worker = startWorker({ modelDir, provider: 'cpu', log: keepLog().log, script })
    await expect(worker).rejects.toThrow('the inference worker did not start (exit code 1)')
  })

  it('ends with its parent, however that ends', async () => {
    const modelDir = await temporaryFolder()
    const program = path.join(import.meta.dirname, '../../support/inference/worker-parent.ts')
    const parent = spawn(process.execPath, [program, modelDir], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
    const pid = Number(line)
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await eventually(() => expect(isAlive(pid)).toBe(false))
  })
})
