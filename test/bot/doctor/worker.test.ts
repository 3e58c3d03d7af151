import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { workerCheck } from '../../../bot/doctor/worker.ts'
import { runCheck } from '../../../bot/platform/finding.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { publishModel } from '../../support/inference/model.ts'
import { startTestWorker } from '../../support/inference/worker.ts'

function seen(...urls: string[]) {
  return runCheck('worker', workerCheck({ urls, provider: 'auto' }))
}

async function readyWorker(): Promise<string> {
  const modelDir = await temporaryFolder()
  await publishModel(modelDir)
  return (await startTestWorker(modelDir)).url
}

it('says on what a worker answers, and why', async () => {
  expect(await seen(await readyWorker())).toEqual({
    part: 'worker',
    state: 'well',
    detail: '1 of 1 ready, on cpu (asked for by name)',
  })
})

it('names the workers that are not ready', async () => {
  const bare = await startTestWorker(path.join(await temporaryFolder(), 'none'))
  const away = 'http://127.0.0.1:1'
  const found = await seen(await readyWorker(), bare.url, away)
  expect(found).toMatchObject({ state: 'ill', detail: `${new URL(bare.url).host}, 127.0.0.1:1 not ready` })
})

it('takes another server of the protocol for ready that tells no provider', async () => {
  const server = createServer((_, response) => response.end('{"name":"ease","versions":["1"]}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  expect(await seen(`http://127.0.0.1:${port}`)).toMatchObject({
    state: 'well',
    detail: '1 of 1 ready, on a provider that it does not tell',
  })
})

it('says what npm start would take', async () => {
  expect(await runCheck('worker', workerCheck({ urls: undefined, provider: 'cpu' }))).toMatchObject({
    state: 'well',
    detail: 'npm start brings its own, on cpu (asked for by name)',
  })
})
