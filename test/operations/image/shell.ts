import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Runs a command to its end and gives what it printed. Throws where it fails. */
export async function run(command: string, words: readonly string[], cwd?: string): Promise<string> {
  const child = spawn(command, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error))
  const done = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  const [out, errors, [code]] = await Promise.race([done, failed])
  if (code === 0) return out.trim()
  throw new Error(`${command} ${words.join(' ')} ended with ${code}\n${(out + errors).slice(-3_000)}`)
}

/** Says how long it took. */
export async function timed<T>(what: string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await work
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1)} s  ${what}`)
  return result
}
