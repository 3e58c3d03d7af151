import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RefreshParts } from '../../bot/jobs/refresh/parts.ts'
import { refresh } from '../../bot/jobs/refresh/refresh.ts'
import type { Refresh } from '../../core/training/refresh.ts'
import { createRefreshes } from '../../db/training/refreshes.ts'
import { verify, versionFolder, versions } from '../../inference/model/model-files.ts'
import type { Fate } from '../support/digest/fate.ts'
import { temporaryFolder } from '../support/folder.ts'
import type { RefreshOrders } from '../support/jobs/refresh-program.ts'
import {
  agreeing,
  forgetPlayers,
  learntOf,
  publishTrained,
  refreshParts,
  storePlayers,
  storeTastes,
} from '../support/jobs/refreshing.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { eventually } from '../support/waiting.ts'

const { db, url: databaseUrl } = await testDatabaseAt()
const program = path.resolve(import.meta.dirname, '../support/jobs/refresh-program.ts')

beforeAll(() => storeTastes(db))

let agreed: string[] = []
beforeEach(async () => {
  await forgetPlayers(db)
  await storePlayers(db, 240)
})

async function stage(): Promise<string> {
  const modelDir = await temporaryFolder()
  await publishTrained(db, modelDir)
  agreed = await agreeing(db, 45)
  return modelDir
}

/** What it said, and how it ended. */
async function run(orders: Omit<RefreshOrders, 'databaseUrl'>) {
  const child = spawn(process.execPath, [program, JSON.stringify({ databaseUrl, ...orders })])
  const [said, wrong, end] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code))),
  ])
  return { said, wrong, end }
}

/** PostgreSQL takes a moment to notice that a process is gone. */
async function refreshWhenFree(parts: RefreshParts) {
  return eventually(async () => {
    const done = await refresh(parts)
    if (done === 'busy') throw new Error('still taken')
    return done
  })
}

const killed = (call: string, nth = 1, when: Fate['when'] = 'before'): Fate => ({
  ...{ signal: 'SIGKILL', when, call, nth },
})

/** Phases are entered in turn; steps of training are vocabulary, gram, fingerprint, solve, check, weights, lay aside. */
const MOMENTS: readonly (readonly [name: string, fate: Fate, published: boolean])[] = [
  ['before it has written anything down', killed('refreshes.begin'), false],
  ['before taking in', killed('warehouse.takeIn'), false],
  ['after taking in', killed('warehouse.takeIn', 1, 'after'), false],
  ['as training begins', killed('steps.begin', 1), false],
  ['as it solves', killed('steps.begin', 4), false],
  ['as it lays the candidate aside', killed('steps.begin', 7), false],
  ['with the candidate laid aside', killed('warehouse.unknownShare'), false],
  ['as it evaluates', killed('warehouse.heldOut', 1, 'after'), false],
  ['as it promotes', killed('refreshes.enter', 4, 'after'), false],
  ['with the new version in its place', killed('refreshes.end'), true],
  ['with all of it written down', killed('refreshes.end', 1, 'after'), true],
  ['before operators are told', killed('operators.tell'), true],
  ['after they were told', killed('operators.tell', 1, 'after'), true],
]

describe('a refresh that is killed', () => {
  it.each(MOMENTS)('%s leaves a whole model, and the next one goes on', async (_name, fate, published) => {
    const modelDir = await stage()
    expect(await run({ modelDir, fate })).toMatchObject({ end: 'SIGKILL', said: '' })
    const left = await versions(modelDir)
    expect(left).toEqual(published ? [1, 2] : [1])
    for (const version of left) await verify(versionFolder(modelDir, version))

    const told: string[] = []
    const tell = async ({ state }: { readonly state: string }) => void told.push(state)
    const next = await refreshWhenFree({ ...refreshParts(db, modelDir), tell })
    expect(next).toMatchObject(published ? { state: 'unchanged' } : { state: 'promoted', version: 2 })
    expect(await readdir(path.join(modelDir, 'ease'))).toEqual(['1', '2', 'config.pbtxt'])
    expect(await createRefreshes(db).running()).toEqual([])
    expect(await learntOf(db, agreed[0] ?? '')).toHaveLength(30)
    const began = fate.call !== 'refreshes.begin'
    const first = began ? [published ? 'promoted' : 'abandoned'] : []
    expect(told).toEqual([...first, published ? 'unchanged' : 'promoted'])
  })

  it('frees the way for others, who say that it is taken while it lives', async () => {
    const modelDir = await stage()
    const stopped: Fate = { signal: 'SIGSTOP', when: 'before', call: 'warehouse.takeIn', nth: 1 }
    const child = spawn(process.execPath, [program, JSON.stringify({ databaseUrl, modelDir, fate: stopped })])
    const gone = new Promise((resolve) => child.once('close', resolve))
    const refreshes = createRefreshes(db)
    await expect.poll(() => refreshes.running()).toHaveLength(1)
    expect(await refresh(refreshParts(db, modelDir))).toBe('busy')
    expect(await refreshes.running()).toHaveLength(1)
    child.kill('SIGKILL')
    await gone
    expect(await refreshWhenFree(refreshParts(db, modelDir))).toMatchObject({ state: 'promoted' })
  })

  it('is not tried again and again by a schedule', async () => {
    const modelDir = await stage()
    // The model of this stage was made between the two.
    const [before, after] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)]
    const refreshes = createRefreshes(db, () => new Date(after.getTime() + 1000))
    const train = () => Promise.reject(new Error('no memory'))
    const failing = { ...refreshParts(db, modelDir), refreshes, train }
    expect(await refresh(failing, { unlessSince: before })).toBe('fresh')
    const attempts = []
    for (let at = 0; at < 4; at++) attempts.push(await refresh(failing, { unlessSince: after }))
    expect(attempts.slice(0, 3).map((one) => (one as Refresh).state)).toEqual(['failed', 'failed', 'failed'])
    expect(attempts[3]).toBe('fresh')
  })
})
