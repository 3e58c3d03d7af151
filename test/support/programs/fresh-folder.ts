import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, copyFile, mkdtemp, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const CHECKOUT = path.resolve(import.meta.dirname, '../../..')
const PROGRAM = ['package.json', 'bot', 'core', 'db', 'inference', 'migrations', 'test', 'node_modules']

type Ended = {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
}

export type Running = {
  readonly child: ChildProcess
  readonly output: string
  /** Resolves when a line of the output holds this text; rejects where the program ends before. */
  said(text: string): Promise<void>
  readonly ended: Promise<Ended>
}

export type FreshFolder = {
  readonly path: string
  /** Starts a line as an operator types it. */
  start(line: string, env?: Readonly<Record<string, string>>): Running
  run(line: string, env?: Readonly<Record<string, string>>): Promise<Ended>
  /** The processes that work in this folder or for it. */
  processes(): Promise<readonly string[]>
  remove(): Promise<void>
}

/** The program in a folder of its own, with `.env` copied from the example, as after the first steps of the README. */
export async function freshFolder(): Promise<FreshFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'indiescout-fresh-'))
  await chmod(folder, 0o755)
  for (const part of PROGRAM) await symlink(path.join(CHECKOUT, part), path.join(folder, part))
  for (const from of ['.env.example', '.npmrc'])
    await copyFile(path.join(CHECKOUT, from), path.join(folder, from))
  await copyFile(path.join(folder, '.env.example'), path.join(folder, '.env'))

  const start = (line: string, env: Readonly<Record<string, string>> = {}) => {
    const child = spawn('sh', ['-c', becoming(line)], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, ...QUIET, ...env },
    })
    return watch(child)
  }
  return {
    path: folder,
    start,
    run: (line, env) => start(line, env).ended,
    processes: () => processesOf(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The shell becomes npm, so that a signal reaches npm and not the shell. */
function becoming(line: string): string {
  return line.replace(/^((?:[A-Z_]+=\S+ )*)(?=(?:npm|node) )/, '$1exec ')
}

/** A free port, no graphics card, and nothing fetched that no test asks for. */
const QUIET = {
  HTTP_PORT: '0',
  INFERENCE_PROVIDER: 'cpu',
  NO_UPDATE_NOTIFIER: '1',
  STORE_CALLS_PER_MINUTE: '0',
  STEAM_CALLS_PER_DAY: '0',
}

function watch(child: ChildProcess): Running {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const look = () => {
    for (const each of waiting) each()
  }
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      look()
    })
  }
  const output = () => lines.join('\n')
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => setImmediate(look))
    child.once('close', (code, signal) => resolve({ code, signal, output: output() }))
  })
  return {
    child,
    ended,
    get output() {
      return output()
    },
    said: (text) =>
      new Promise((resolve, reject) => {
        const see = () => {
          if (output().includes(text)) resolve()
          else if (child.exitCode === null && child.signalCode === null) return
          else reject(new Error(`it ended without saying ${text}:\n${output()}`))
          waiting.delete(see)
        }
        waiting.add(see)
        see()
      }),
  }
}

async function processesOf(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(ids.map((id) => commandOf(id, folder)))
  return found.filter((command) => command !== undefined)
}

/** Undefined where the process has nothing to do with the folder, or is gone. */
async function commandOf(id: string, folder: string): Promise<string | undefined> {
  const command = (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
  const cwd = await readlink(`/proc/${id}/cwd`).catch(() => '')
  return command.includes(folder) || cwd.startsWith(folder) ? command.trim() : undefined
}
