import { describe, expect, it } from 'vitest'
import { NotSent, neverLeft, turnsAfterFirst } from '../../../bot/platform/sending.ts'

const failure = (fields: object) => Object.assign(new Error('failed'), fields)
const refused = failure({ code: 'ECONNREFUSED', syscall: 'connect' })
const reset = failure({ code: 'ECONNRESET', syscall: 'read' })

describe('a request certainly never left', () => {
  it.each([
    ['nobody took the connection', refused],
    ['the name leads nowhere', failure({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
    ['connecting took too long', failure({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
    ['no address took the connection', new AggregateError([refused, refused])],
    ['it was too late', new Error('failed', { cause: new NotSent('too late') })],
    ['that is the cause', new TypeError('fetch failed', { cause: new Error('x', { cause: refused }) })],
  ])('where %s', (_what, error) => expect(neverLeft(error)).toBe(true))

  it.each([
    ['it was reset', reset],
    ['the answer was cut short', new TypeError('terminated', { cause: failure({ code: 'UND_ERR_SOCKET' }) })],
    ['one address got further', new AggregateError([refused, reset])],
    ['time was up', new DOMException('timed out', 'TimeoutError')],
    ['nothing is known', new Error('x')],
    ['it is no error', 'connect'],
  ])('is not said where %s', (_what, error) => expect(neverLeft(error)).toBe(false))
})

describe('turns', () => {
  it('are taken by all but the first', async () => {
    let taken = 0
    const nextTurn = turnsAfterFirst(async () => {
      taken += 1
    })
    for (let request = 0; request < 3; request += 1) await nextTurn()
    expect(taken).toBe(2)
  })

  it('that do not come are no fault of the platform', async () => {
    const nextTurn = turnsAfterFirst(async () => Promise.reject(new Error('the database is away')))
    await nextTurn()
    const failed = await nextTurn().catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(NotSent)
    expect(neverLeft(failed)).toBe(true)
  })
})
