import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'

/** A program under load. */
export type Running = { readonly pid: number; readonly url: string; stop(): Promise<void> }

const ready = z.object({ msg: z.literal('ready'), url: z.url() })
const STOP_MS = 10_000

/** The bot as `npm start` runs it, on the given settings alone. */
export async function startBot(env: Readonly<Record<string, string>>): Promise<Running> {
  const child = spawn(process.execPath, ['bot/cli.ts', 'start'], {
    env: { PATH: process.env.PATH, HTTP_PORT: '0', COMMANDS_PER_MINUTE: '100000', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line)
    const parsed = ready.safeParse(parseJson(line))
    if (parsed.success) {
      child.stderr.resume()
      return runningOf(child, parsed.data.url)
    }
  }
  throw new Error(`the bot did not start:\n${said.slice(-5).join('\n')}`)
}

/** A bare Bolt app that acknowledges every command and does nothing else. */
export async function startBareBolt(env: Readonly<Record<string, string>>): Promise<Running> {
  const child = spawn(process.execPath, ['bench/load/bare-bolt.ts'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const [url] = (await once(child, 'message')) as [string]
  return runningOf(child, url)
}

function runningOf(child: ChildProcess, url: string): Running {
  const { pid } = child
  if (pid === undefined) throw new Error('a process that was started has no number')
  return {
    ...{ pid, url },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await gone
      clearTimeout(insist)
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
