import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { runProgram } from '../../db/embedded/binaries.ts'
import { openCluster } from '../../db/embedded/cluster.ts'
import { startEmbedded } from '../../db/embedded/embedded.ts'
import { openHome } from '../../db/embedded/home.ts'
import { shutDown } from '../../db/embedded/server.ts'
import { connect } from '../../db/postgres/connect.ts'
import { migrate } from '../../db/postgres/migrate.ts'
import { openChannels } from '../support/digest/channels.ts'
import { DUE, subscribeMany } from '../support/digest/engine.ts'
import { startDigestProcess } from '../support/digest/process.ts'
import { moveClock } from '../support/fakes/moved-clock.ts'
import { openFolder } from '../support/postgres/embedded-process.ts'
import { eventually } from '../support/waiting.ts'

/** A server of this test's own, which it may restart under those who use it. */
async function startServer() {
  const dataDir = await openFolder()
  const { url } = await startEmbedded({ dataDir, log: () => {} })
  const cluster = await openCluster(await openHome(dataDir, () => {}))
  onTestFinished(() => shutDown(cluster))
  const log = path.join(cluster.home.folder, 'server.log')
  return {
    url,
    /** As after a crash: every session ends at once, and what was not committed is lost. */
    restart: () =>
      runProgram(
        'pg_ctl',
        ['restart', '-w', '-t', '60', '-m', 'immediate', '-D', cluster.data, '-l', log],
        cluster.home,
      ),
  }
}

it('a database that restarts in the middle costs no digest, and doubles none', async () => {
  const server = await startServer()
  const db = connect(server.url, () => {})
  onTestFinished(() => db.destroy())
  await migrate(db)
  const clock = moveClock(DUE)
  const channels = await openChannels({ now: clock.now, remembersMs: 180_000, readable: true })
  onTestFinished(() => channels.stop())
  const poster = { url: channels.url, remembersMs: 120_000, settlesMs: 30_000 }
  const processes = [1, 2].map(() => {
    const process = startDigestProcess({ databaseUrl: server.url, clockFile: clock.file, poster, everyMs: 4 })
    onTestFinished(() => process.kill())
    return process
  })
  await subscribeMany(db, 300, DUE)
  for (const process of processes) expect(await process.order({ kind: 'serve' })).toBe('done')
  await eventually(() => expect(channels.messages.length).toBeGreaterThanOrEqual(100), 10)
  await server.restart()
  const atRestart = channels.messages.length
  expect(atRestart).toBeLessThan(300)

  const open = db.selectFrom('lake.delivery').select('id').where('state', '!=', 'posted')
  const done = async () => {
    // What was in hand is free again after a minute.
    clock.move(61_000)
    expect(await open.execute()).toEqual([])
  }
  await eventually(done, 2_000)
  expect(channels.messages).toHaveLength(300)
  expect(new Set(channels.messages.map(({ delivery }) => delivery)).size).toBe(300)
})
