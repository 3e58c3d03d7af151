import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type FreshFolder, freshFolder, type Running } from '../support/programs/fresh-folder.ts'
import { eventually } from '../support/waiting.ts'

/** A start that is stopped half-way, with a database of its own: nothing may be left behind, and nothing reported. */
let folder: FreshFolder | undefined
afterEach(async () => {
  await folder?.remove()
  folder = undefined
})

async function open(): Promise<FreshFolder> {
  folder = await freshFolder()
  return folder
}

const nothingLeft = (fresh: FreshFolder) =>
  eventually(async () => expect(await fresh.processes()).toEqual([]))

function expectQuiet({ output }: Pick<Running, 'output'>): void {
  expect(output).not.toMatch(/^error: /m)
  expect(output).not.toContain('destroyed')
  expect(output).not.toContain('"level":50')
}

const NODE = 'node_modules/.bin/node bot/cli.ts start'

async function isMakingCluster(fresh: FreshFolder): Promise<void> {
  const look = async () => {
    const names = await readdir(path.join(fresh.path, '.data/postgres'))
    expect(names.find((name) => name.startsWith('cluster.'))).toBeDefined()
  }
  await eventually(look)
}

describe('a stopped start', () => {
  it.each([
    ['SIGTERM', 'migrated the database'],
    ['SIGHUP', 'loading the sample'],
    ['SIGINT', 'training on the players'],
    ['SIGTERM', '"ready"'],
  ] as const)('ends cleanly on %s at %s', async (signal, moment) => {
    const fresh = await open()
    const running = fresh.start(`exec ${NODE}`)
    await running.said(moment)
    running.child.kill(signal)
    const { code } = await running.ended
    expect(code).toBe(0)
    expect(running.output.match(/stopping on \w+/g)).toEqual([`stopping on ${signal}`])
    expectQuiet(running)
    await nothingLeft(fresh)
  })

  it('ends cleanly while the database is being made, and the next start makes it', async () => {
    const fresh = await open()
    const running = fresh.start(`exec ${NODE}`)
    await isMakingCluster(fresh)
    running.child.kill('SIGTERM')
    expect((await running.ended).code).toBe(0)
    expectQuiet(running)
    await nothingLeft(fresh)
    expect((await fresh.run('npm run migrate')).code).toBe(0)
  })

  it('takes a second signal for the first', async () => {
    const fresh = await open()
    const running = fresh.start(`exec ${NODE}`)
    await running.said('training on the players')
    running.child.kill('SIGTERM')
    await running.said('stopping on SIGTERM')
    running.child.kill('SIGTERM')
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(0)
    expectQuiet(running)
    await nothingLeft(fresh)
  })
})

describe('npm', () => {
  it.each(['loading the sample', '"ready"'])('ends with the program on SIGTERM at %s', async (moment) => {
    const fresh = await open()
    const running = fresh.start('npm start')
    await running.said(moment)
    running.child.kill('SIGTERM')
    const { code, signal } = await running.ended
    expect(code ?? signal).toBe('SIGTERM')
    expectQuiet(running)
    expect(await fresh.processes()).toEqual([])
  })

  it.each(['SIGHUP', 'SIGKILL'] as const)('takes the program along when %s ends it', async (signal) => {
    const fresh = await open()
    const running = fresh.start('npm start')
    await running.said('training on the players')
    running.child.kill(signal)
    await nothingLeft(fresh)
    expectQuiet(running)
  })
})

describe('a task that a signal interrupts', () => {
  it('does not look done', async () => {
    const fresh = await open()
    const running = fresh.start('exec node_modules/.bin/node bot/cli.ts migrate')
    await isMakingCluster(fresh)
    running.child.kill('SIGTERM')
    expect((await running.ended).code).toBe(143)
    expectQuiet(running)
    await nothingLeft(fresh)
  })
})
