import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { fetchDetails } from '../../core/steam/sync/fetch-details.ts'
import { sourceBench } from '../support/jobs/source-bench.ts'
import type { SourceOrders } from '../support/jobs/source-program.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { startStore } from '../support/steam/store-server.ts'

const { db, url } = await testDatabaseAt()
const program = path.resolve(import.meta.dirname, '../support/jobs/source-program.ts')
const APPS = 12

beforeEach(async () => {
  for (const table of ['store_app', 'source', 'game', 'pace'] as const)
    await db.deleteFrom(`warehouse.${table}`).execute()
  const apps = Array.from({ length: APPS }, (_, at) => ({ appid: at + 1, priority: 0 }))
  await db.insertInto('warehouse.store_app').values(apps).execute()
})

function start(orders: Omit<SourceOrders, 'databaseUrl'>) {
  const child = spawn(process.execPath, [program, JSON.stringify({ databaseUrl: url, ...orders })], {
    env: { PATH: process.env.PATH },
  })
  const said = text(child.stderr)
  const ended = once(child, 'exit').then(async ([code]) => {
    if (code) throw new Error(await said)
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ended }
}

const known = async () => (await db.selectFrom('warehouse.game').select('appid').execute()).length

describe('a process that reads the store', () => {
  it.each([1, 5, APPS])(
    'and is killed at its call number %i is followed by one that asks for that game alone again',
    async (killedAt) => {
      const killing: { now?: () => void } = {}
      const store = await startStore({
        otherwise: () => ({}),
        onRequest: async () => {
          if (store.asked.length !== killedAt) return
          killing.now?.()
          await new Promise(() => {})
        },
      })
      onTestFinished(store.stop)
      const { child } = start({ store, everyMs: 1 })
      const killed = once(child, 'exit')
      killing.now = () => void child.kill('SIGKILL')
      await killed
      expect(await known()).toBe(killedAt - 1)

      // The lease of the killed one is over.
      const now = () => new Date(Date.now() + 121_000)
      const counts = await fetchDetails(sourceBench({ db, now, store }).details)
      expect(counts.added).toBe(APPS - killedAt + 1)
      expect(await known()).toBe(APPS)
      expect(store.asked).toHaveLength(APPS + 1)
      expect(new Set(store.asked).size).toBe(APPS)
      expect(store.violations).toEqual([])
    },
  )

  it('shares the pace and the games with another', async () => {
    const store = await startStore({ otherwise: () => ({}) })
    onTestFinished(store.stop)
    const everyMs = 50
    const startedAt = Date.now()
    const both = [1, 2].map(() => start({ store, everyMs }))
    await Promise.all(both.map(({ ended }) => ended))
    expect([...store.asked].sort((a, b) => a - b)).toEqual(Array.from({ length: APPS }, (_, at) => at + 1))
    // Every call has had a turn of its own, whoever made it.
    const { next_at } = await db.selectFrom('warehouse.pace').select('next_at').executeTakeFirstOrThrow()
    expect(next_at.getTime()).toBeGreaterThanOrEqual(startedAt + APPS * everyMs)
  })
})
