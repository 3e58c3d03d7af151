import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { Order, Orders } from './program.ts'

export type DigestProcess = ReturnType<typeof startDigestProcess>

const program = path.join(import.meta.dirname, 'program.ts')

/** Many processes are started on the same imports. */
const compiled = path.resolve(import.meta.dirname, '../../node_modules/.cache/compiled-for-tests')

/** Another process that delivers digests. Started early, it has its imports behind it when it gets an order. */
export function startDigestProcess(orders: Orders) {
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: compiled }
  const child = spawn(process.execPath, [program, JSON.stringify(orders)], { env })
  const said = text(child.stderr)
  const gone = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

  /** The next thing that it says, or that it is gone. */
  async function hear(): Promise<string> {
    const { value, done } = await lines.next()
    if (!done) return value
    const [code] = await gone
    if (code) throw new Error(await said)
    return 'gone'
  }

  return {
    /** `done`, or `fate` where it met one. */
    async order(order: Order): Promise<string> {
      if ((await hear()) !== 'ready') throw new Error('the process did not start')
      child.stdin.write(`${JSON.stringify(order)}\n`)
      return hear()
    },
    hear,
    gone,
    goOn: () => child.kill('SIGCONT'),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    async stop() {
      child.stdin.end()
      await gone
    },
  }
}
