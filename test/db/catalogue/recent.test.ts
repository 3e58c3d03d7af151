import { describe, expect, it } from 'vitest'
import { createRecent } from '../../../db/catalogue/recent.ts'

function setup() {
  let time = 0
  let readings = 0
  const recent = createRecent<readonly number[]>({
    lifeMs: 100,
    limit: 2,
    same: (before, after) => before.join() === after.join(),
    now: () => time,
  })
  return {
    read: (key: string, value: readonly number[]) =>
      recent(key, async () => {
        readings += 1
        return value
      }),
    fail: (key: string) => recent(key, () => Promise.reject(new Error('away'))),
    pass: (ms: number) => {
      time += ms
    },
    readings: () => readings,
  }
}

describe('what was read of late', () => {
  it('is read once for all who ask at the same time', async () => {
    const { read, readings } = setup()
    const [one, other] = await Promise.all([read('a', [1]), read('a', [2])])
    expect(one).toBe(other)
    expect(readings()).toBe(1)
  })

  it('is read again when its time is over, and stays the same object if nothing changed', async () => {
    const { read, pass, readings } = setup()
    const first = await read('a', [1])
    pass(100)
    expect(await read('a', [1])).toBe(first)
    pass(100)
    expect(await read('a', [2])).toEqual([2])
    expect(readings()).toBe(3)
  })

  it('forgets what was not asked for the longest', async () => {
    const { read, readings } = setup()
    for (const key of ['a', 'b', 'a', 'c', 'a']) await read(key, [1])
    expect(readings()).toBe(3)
    await read('b', [1])
    expect(readings()).toBe(4)
  })

  it('does not remember a failure', async () => {
    const { read, fail } = setup()
    await expect(fail('a')).rejects.toThrow('away')
    expect(await read('a', [1])).toEqual([1])
  })

  it('outlives a failure with what it knew', async () => {
    const { read, fail, pass } = setup()
    await read('a', [1])
    pass(100)
    await expect(fail('a')).rejects.toThrow('away')
    expect(await read('a', [2])).toEqual([2])
  })
})
