import { chmod, chown, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbedded } from '../../db/embedded/embedded.ts'
import { freePorts } from '../support/debian/server.ts'
import { buildImage } from './image/build.ts'
import { type Container, type Image, openImage, type Settings } from './image/container.ts'
import { run, timed } from './image/shell.ts'

/**
 * `npm run image:try`: builds the CPU image as the Dockerfile says, and goes through the life that compose.yaml gives it:
 * an empty database, the first model, two workers, SIGTERM, and all of it again. Needs root and Debian's buildah and
 * debootstrap; the database is this project's embedded one.
 */
const NAME = 'localhost/indiescout:try'
const PATIENCE_MS = 240_000

await buildImage(NAME)
const image = await openImage(NAME)
const folder = await mkdtemp(path.join(tmpdir(), 'image-'))
await chmod(folder, 0o755)
const database = await startEmbedded({ dataDir: path.join(folder, 'database'), log: () => {} })
try {
  await inspect(image)
  await live(image)
  await refuseRootsFolder(image)
} finally {
  await image.close()
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

/** What is in it, and what a process in it may do. */
async function inspect({ root, start }: Image): Promise<void> {
  for (const unwanted of ['test', 'node_modules/vitest', 'node_modules/node', '.env'])
    if (await exists(path.join(root, 'app', unwanted))) throw new Error(`${unwanted} is in the image`)
  console.log(`${(await run('du', ['-sm', path.join(root, 'app')])).split('\t')[0]} MB  in /app`)
  const script =
    'id -u; grep -E "^(CapEff|CapBnd|NoNewPrivs)" /proc/self/status; touch /app/x /x 2>&1 || true; touch /tmp/x'
  const probe = start({ command: ['sh', '-c', script] })
  const code = await probe.ended
  const said = probe.said()
  const expected = [
    /^1000$/m,
    /CapEff:\s+0+$/m,
    /CapBnd:\s+0+$/m,
    /NoNewPrivs:\s+1$/m,
    /'\/x': Read-only/,
    /'\/app\/x': Read-only/,
  ]
  if (code !== 0 || !expected.every((each) => each.test(said)))
    throw new Error(`the container is not as hardened as it should be:\n${said}`)
  console.log('uid 1000, no capabilities, no new privileges, a read-only root with a writable /tmp')
}

async function live(image: Image): Promise<void> {
  const [http = 0, ...workers] = await freePorts(3)
  const data = await folderOf('data', image)
  const models = await folderOf('models', image)
  const bot: Settings = {
    env: {
      DATABASE_URL: database.url,
      HTTP_PORT: String(http),
      INFERENCE_URL: workers.map((port) => `http://127.0.0.1:${port}`).join(','),
      // Nothing outside is asked for.
      ...{ STORE_CALLS_PER_MINUTE: '0', STEAM_CALLS_PER_DAY: '0' },
    },
    volumes: { '/data': data, '/models': models },
  }
  const settings: Settings[] = [
    bot,
    ...workers.map((port) => ({
      command: ['node', 'bot/cli.ts', 'inference'],
      // The bot's port leads to no bot in the worker's container.
      env: {
        INFERENCE_PORT: String(port),
        INFERENCE_HOST: '127.0.0.1',
        INFERENCE_PROVIDER: 'cpu',
        HTTP_PORT: '1',
      },
      volumes: { '/models': `${models}:ro` },
    })),
  ]
  const first = await timed(
    'from an empty database to a healthy bot and two workers',
    upAndDown(image, settings, http),
  )
  const again = await timed('the same again, with what is there', upAndDown(image, settings, http))
  if (first !== again) throw new Error(`the restart went from model ${first} to ${again}`)
}

/** Starts all, waits for each one's health check, ends all by SIGTERM. Resolves with the model's version. */
async function upAndDown({ start }: Image, settings: readonly Settings[], http: number): Promise<string> {
  const containers = settings.map((each) => start(each))
  for (const container of containers) await healthy(container)
  const page = await fetch(`http://127.0.0.1:${http}/`)
  if (!(await page.text()).includes('PLAYGROUND_TOKEN')) throw new Error('the page does not say what to set')
  const worker = settings.at(-1)?.env?.INFERENCE_PORT
  const model = await (await fetch(`http://127.0.0.1:${worker}/v2/models/ease`)).json()
  for (const container of containers) {
    const code = await container.stop()
    if (code !== 0) throw new Error(`a container ended with ${code} on SIGTERM:\n${container.said()}`)
  }
  return String((model as { versions: string[] }).versions.at(-1))
}

async function healthy(container: Container): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  const gone = container.ended.then((code) =>
    Promise.reject(new Error(`ended with ${code}:\n${container.said()}`)),
  )
  gone.catch(() => {})
  while (!(await Promise.race([container.isHealthy(), gone]))) {
    if (Date.now() > until) throw new Error(`the health check did not pass:\n${container.said()}`)
    await pause(1_000)
  }
}

/** A folder that is mounted as Docker makes it where it is missing: root's. */
async function refuseRootsFolder({ start }: Image): Promise<void> {
  const models = path.join(folder, 'of-root')
  await mkdir(models, { mode: 0o755 })
  const [http = 0] = await freePorts(1)
  const bot = start({
    env: { DATABASE_URL: database.url, HTTP_PORT: String(http), INFERENCE_URL: 'http://127.0.0.1:9' },
    volumes: { '/models': models },
  })
  const code = await bot.ended
  if (code !== 1 || !/chown -R 1000/.test(bot.said()))
    throw new Error(`a folder of root's ended with ${code}:\n${bot.said()}`)
  console.log(`a folder of root's: ${bot.said().trim().split('\n').at(-1)}`)
}

async function folderOf(name: string, { uid, gid }: Image): Promise<string> {
  const made = path.join(folder, name)
  await mkdir(made)
  await chown(made, uid, gid)
  return made
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
