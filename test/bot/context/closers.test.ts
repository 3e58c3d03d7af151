import { describe, expect, it } from 'vitest'
import { createClosers } from '../../../bot/context/closers.ts'
import { keepLog } from '../../support/fakes/kept-log.ts'

const never = new Promise<never>(() => {})

describe('what is closed', () => {
  it('goes in reverse, each once, whatever the others do', async () => {
    const closers = createClosers()
    const { log, lines } = keepLog()
    const closed: string[] = []
    closers.push('first', () => closed.push('first'))
    closers.push('broken', () => {
      throw new Error('no')
    })
    closers.push('last', () => closed.push('last'))
    await closers.closeAll(log)
    await closers.closeAll(log)
    expect(closed).toEqual(['last', 'first'])
    expect(JSON.stringify(lines)).toContain('broken did not close cleanly')
  })

  it('is waited for while it still opens', async () => {
    const closers = createClosers()
    const opening = Promise.withResolvers<string>()
    const closed: string[] = []
    const opened = closers.open('the part', opening.promise, (part) => closed.push(part))
    const closing = closers.closeAll(() => {})
    opening.resolve('part')
    await closing
    expect(await opened).toBe('part')
    expect(closed).toEqual(['part'])
  })

  it('needs no closing where it never opened', async () => {
    const closers = createClosers()
    const opening = closers.open('the part', Promise.reject(new Error('no')), () => expect.unreachable())
    await expect(opening).rejects.toThrow('no')
    await closers.closeAll(() => {})
  })

  it('is closed as well when it comes too late, and whoever brings it is told', async () => {
    const closers = createClosers()
    const closed: string[] = []
    closers.push('first', () => {
      expect(() => closers.push('late', () => closed.push('late'))).toThrow('late is not needed')
      expect(closers.signal.aborted).toBe(true)
    })
    await closers.closeAll(() => {})
    expect(closed).toEqual(['late'])
  })

  it('does not keep the others waiting when it hangs', async () => {
    const closers = createClosers({ togetherMs: 20, eachMs: 10 })
    const { log, lines } = keepLog()
    const closed: string[] = []
    closers.push('first', () => closed.push('first'))
    closers.push('stuck', () => never)
    closers.push('stuck as well', () => never)
    await closers.closeAll(log)
    expect(closed).toEqual(['first'])
    expect(JSON.stringify(lines)).toContain('stuck took too long to close')
  })
})
