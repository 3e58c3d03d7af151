import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseDockerfile, type Stage, type Step } from '../support/dockerfile.ts'

/**
 * `npm run image:try`: the Dockerfile's steps as plain commands in a clean folder, for where no Docker runs. Then the program
 * is started in it as the image would start it: by the user that owns none of its files, until its own health check is
 * content; and a worker beside it. Needs root for the other user. The CUDA stages are left out: they need NVIDIA's base.
 */
const ROOT = path.resolve(import.meta.dirname, '../..')
const UID = 1000
const PATIENCE_MS = 180_000

const stages = parseDockerfile(await readFile(path.join(ROOT, 'Dockerfile'), 'utf8'))
const image = stageNamed('cpu')
const root = await mkdtemp(path.join(tmpdir(), 'image-'))
await run('chmod', ['755', root], root)
const running: ChildProcess[] = []
try {
  await build(stageNamed('packages'))
  await build(image)
  await inspect(inStage(image, '/app'))
  await tryOut()
} finally {
  for (const child of running) child.kill('SIGKILL')
  await rm(root, { recursive: true, force: true })
}

function stageNamed(name: string): Stage {
  const found = stages.find((stage) => stage.name === name)
  if (!found) throw new Error(`the Dockerfile has no stage ${name}`)
  return found
}

/** Where an absolute path of a stage lies here. */
function inStage({ name = '' }: Stage, absolute: string): string {
  return path.join(root, name, absolute)
}

async function build(stage: Stage): Promise<void> {
  let workdir = '/'
  for (const step of stage.steps) {
    if (step.instruction === 'WORKDIR') {
      workdir = step.words[0] ?? '/'
      await mkdir(inStage(stage, workdir), { recursive: true })
    }
    if (step.instruction === 'RUN') await runStep(stage, step, workdir)
    if (step.instruction === 'COPY') await copyStep(stage, step, workdir)
  }
}

async function runStep(stage: Stage, { text }: Step, workdir: string): Promise<void> {
  // Folders of the image's own root lie in the stage's folder.
  const here = text.replaceAll(/ (\/(?:data|models))\b/g, (_, folder: string) => ` ${inStage(stage, folder)}`)
  const startedAt = performance.now()
  await run('bash', ['-euc', here], inStage(stage, workdir))
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1)} s  ${stage.name}: ${text.slice(0, 90)}`)
}

async function copyStep(stage: Stage, { words, flags }: Step, workdir: string): Promise<void> {
  const target = words.at(-1) ?? '.'
  for (const source of words.slice(0, -1)) {
    const to = path.join(inStage(stage, workdir), target.endsWith('/') ? path.basename(source) : target)
    // Nothing else wants the other stage's files.
    if (flags.from !== undefined) await rename(inStage(stageNamed(flags.from), source), to)
    else await cp(path.join(ROOT, source), to, { recursive: true })
  }
}

async function inspect(folder: string): Promise<void> {
  const lock = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>
  }
  const onlyForUs = Object.keys(lock.packages).filter((name) => lock.packages[name]?.dev)
  const found = await Promise.all(onlyForUs.map((name) => exists(path.join(folder, name))))
  const unwanted = onlyForUs.filter((_, i) => found[i])
  if (unwanted.length > 0) throw new Error(`not for production, and in the image: ${unwanted.join(', ')}`)
  if (await exists(path.join(folder, 'test'))) throw new Error('the tests are in the image')
  for (const part of ['.', 'node_modules']) {
    const { out } = await run('du', ['-sm', part], folder)
    console.log(`${out.split('\t')[0]} MB  ${part === '.' ? 'all that the image adds to its base' : part}`)
  }
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

async function tryOut(): Promise<void> {
  const [http, inference] = await freePorts()
  const env = {
    ...settingsOf(image),
    ...{ DATA_DIR: inStage(image, '/data'), MODEL_DIR: inStage(image, '/models') },
    ...{
      HTTP_PORT: String(http),
      INFERENCE_PORT: String(inference),
      HTTP_HOST: '127.0.0.1',
      HOME: '/nonexistent',
    },
    PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
  }
  const bot = start(wordsOf(image, 'CMD'), env)
  const health = wordsOf(image, 'HEALTHCHECK').slice(1)
  await until('the health check', async () => {
    const check = health.map((word) => word.replace(':3000/', `:${http}/`))
    return (await run(check[0] ?? '', check.slice(1), '/', { env, check: false })).code === 0
  })
  const worker = start(['node', 'bot/cli.ts', 'inference'], env)
  await until('the worker', () =>
    fetch(`http://127.0.0.1:${inference}/v2/health/ready`).then(
      (response) => response.ok,
      () => false,
    ),
  )
  for (const [name, child] of [
    ['worker', worker],
    ['bot', bot],
  ] as const) {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    const [code] = await gone
    if (code !== 0) throw new Error(`the ${name} ended with ${code} on SIGTERM`)
  }
  console.log('started as another user, grew well, and ended on SIGTERM; so did a worker')
}

function settingsOf({ steps }: Stage): Record<string, string> {
  const pairs = steps.filter(({ instruction }) => instruction === 'ENV').flatMap(({ words }) => words)
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]))
}

function wordsOf({ steps }: Stage, instruction: string): readonly string[] {
  const step = steps.findLast((one) => one.instruction === instruction)
  return step?.text.startsWith('CMD')
    ? ['CMD', ...(JSON.parse(step.text.slice(4)) as string[])]
    : (step?.words ?? [])
}

function start([command = '', ...rest]: readonly string[], env: Record<string, string>): ChildProcess {
  const child = spawn(command, rest, {
    ...{ cwd: inStage(image, '/app'), env, uid: UID, gid: UID },
    stdio: ['ignore', 'ignore', 2],
  })
  running.push(child)
  return child
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what} was not content within ${PATIENCE_MS / 1000} s`)
    await delay(500)
  }
}

type RunOptions = { readonly env?: Record<string, string>; readonly check?: boolean }

async function run(
  command: string,
  words: readonly string[],
  cwd: string,
  { env, check = true }: RunOptions = {},
) {
  const child = spawn(command, words, {
    cwd,
    ...(env && { env }),
    stdio: ['ignore', 'pipe', check ? 2 : 'ignore'],
  })
  let out = ''
  child.stdout?.on('data', (data: Buffer) => {
    out += data
  })
  const [code] = (await once(child, 'close')) as [number]
  if (check && code !== 0)
    throw new Error(`${command} ${words.join(' ')} ended with ${code}\n${out.slice(-2000)}`)
  return { code, out }
}

async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()]
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const address = server.address()
      server.close()
      return typeof address === 'object' && address ? address.port : 0
    }),
  )
  return ports as [number, number]
}
