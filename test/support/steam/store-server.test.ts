import { describe, expect, it, onTestFinished } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import { createStore } from '../../../core/steam/store.ts'
import { startStore } from './store-server.ts'

async function open(now = () => 0) {
  const server = await startStore({ now })
  onTestFinished(server.stop)
  const get = (query: string) => fetch(`${server.url}/api/appdetails?${query}`)
  return { server, get }
}

describe('the stand-in for the store', () => {
  it('takes one app a call, and no key', async () => {
    const { server, get } = await open()
    expect((await get('appids=1,2')).status).toBe(400)
    await get('appids=1&appids=2')
    await get('appids=1&key=secret')
    expect(server.violations).toEqual(['one app a call', 'one app a call', 'the store takes no key'])
  })

  it('takes 200 calls in five minutes', async () => {
    let now = 0
    const { server, get } = await open(() => now)
    const statuses = async (calls: number) => {
      const answers = await Promise.all(Array.from({ length: calls }, () => get('appids=620')))
      return answers.filter(({ status }) => status === 200).length
    }
    expect(await statuses(201)).toBe(200)
    expect(server.violations).toEqual(['more than 200 calls in five minutes'])
    now = 300_000
    expect(await statuses(1)).toBe(1)
  })

  it('has what the client asks for', async () => {
    const { server } = await open()
    server.page(620)
    server.remove(10)
    const store = createStore({ storeUrl: `${server.url}/` })
    const { signal } = new AbortController()
    expect(await store(gameId(620), signal)).toMatchObject({ kind: 'page', details: { name: 'Portal 2' } })
    expect(await store(gameId(10), signal)).toEqual({ kind: 'no-page' })
    expect(server.violations).toEqual([])
  })
})
