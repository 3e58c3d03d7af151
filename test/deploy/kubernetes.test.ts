import { execFile, execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { readConfig } from '../../bot/config/config.ts'
import { strangeFields, validate } from '../support/deploy/kubernetes.ts'
import { type Manifest, nameOf, readEnv, readKustomization } from '../support/deploy/kustomize.ts'

const BASE = readKustomization('deploy/kubernetes/base')
const KEDA = readKustomization('deploy/kubernetes/keda')
const SECRET = readEnv('deploy/kubernetes/secret.env.example')

const labels = z.record(z.string(), z.string())
const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) })
const reference = z.object({ name: z.string(), key: z.string().optional(), optional: z.boolean().optional() })
const variable = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .strictObject({
      secretKeyRef: reference.optional(),
      configMapKeyRef: reference.optional(),
      fieldRef: z.object({ fieldPath: z.string() }).optional(),
    })
    .optional(),
})
const container = z.looseObject({
  command: z.array(z.string()),
  image: z.string(),
  env: z.array(variable).default([]),
  envFrom: z
    .array(z.strictObject({ configMapRef: reference.optional(), secretRef: reference.optional() }))
    .default([]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  volumeMounts: z
    .array(z.object({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().optional() }))
    .default([]),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
})
const podTemplate = z.object({
  metadata: z.object({ labels }),
  spec: z.looseObject({
    serviceAccountName: z.string(),
    enableServiceLinks: z.boolean(),
    containers: z.array(container).length(1),
    volumes: z
      .array(
        z.looseObject({
          name: z.string(),
          persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
        }),
      )
      .default([]),
  }),
})

type Pod = z.infer<typeof podTemplate> & {
  readonly owner: string
  readonly container: z.infer<typeof container>
}

const workload = z.object({ spec: z.object({ template: podTemplate }) })
const cronJob = z.object({ spec: z.object({ jobTemplate: workload }) })

/** What runs in the cluster. */
function podsOf(objects: readonly Manifest[]): Pod[] {
  return objects.flatMap((object) => {
    const kinds = { StatefulSet: workload, Deployment: workload, Job: workload, CronJob: cronJob }
    const schema = kinds[object.kind as keyof typeof kinds]
    if (!schema) return []
    const { spec } = schema.parse(object)
    const { template } = 'jobTemplate' in spec ? spec.jobTemplate.spec : spec
    const [only] = template.spec.containers
    return only ? [{ ...template, owner: object.metadata.name, container: only }] : []
  })
}

const PODS = podsOf(BASE)
const podOf = (owner: string) => PODS.find((pod) => pod.owner === owner)
const find = (kind: string, name: string) => BASE.find((object) => nameOf(object) === `${kind} ${name}`)
const ofKind = (kind: string) => BASE.filter((object) => object.kind === kind)

function matches(selector: Readonly<Record<string, string>>): Pod[] {
  return PODS.filter(({ metadata }) =>
    Object.entries(selector).every(([name, value]) => metadata.labels[name] === value),
  )
}

const settings = z.object({ data: labels }).parse(find('ConfigMap', 'settings')).data

/** The environment of a container as Kubernetes makes it, for the pod of this number. */
function environmentOf({ container }: Pod, index = 0): Record<string, string> {
  const env: Record<string, string> = {}
  for (const { configMapRef, secretRef } of container.envFrom) {
    if (configMapRef) Object.assign(env, mapOf(configMapRef.name))
    if (secretRef) Object.assign(env, secretOf(secretRef.name))
  }
  for (const { name, value, valueFrom } of container.env) {
    const { secretKeyRef: secret, configMapKeyRef: map, fieldRef: field } = valueFrom ?? {}
    const given =
      value?.replaceAll(/\$\((\w+)\)/g, (whole, other: string) => env[other] ?? whole) ??
      (secret && secretOf(secret.name)[secret.key ?? '']) ??
      (map && mapOf(map.name)[map.key ?? '']) ??
      (field?.fieldPath === `metadata.labels['apps.kubernetes.io/pod-index']` ? String(index) : undefined)
    if (given === undefined && secret?.optional) continue
    if (given === undefined) throw new Error(`${name} comes from nowhere`)
    env[name] = given
  }
  return env
}

/** The settings that the program sees: those of the container, and what its script adds. */
function settingsOf(
  pod: Pod,
  index = 0,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const env = { ...environmentOf(pod, index), ...more }
  const [shell, flag, script] = pod.container.command
  if (shell !== 'sh') return env
  const shown = script?.replace(/exec node .*/, 'printf %s "$SHARDS"') ?? ''
  const SHARDS = execFileSync('sh', [flag ?? '', shown], { env, encoding: 'utf8' })
  return SHARDS === '' ? env : { ...env, SHARDS }
}

/** What it runs: the words after `node`. */
function programOf({ container: { command } }: Pod): readonly string[] {
  const [first = '', , script = ''] = command
  const words = first === 'sh' ? (/exec (node .*)/.exec(script)?.[1] ?? '').split(' ') : command
  return words
}

function mapOf(name: string): Readonly<Record<string, string>> {
  if (name !== 'settings') throw new Error(`there is no ConfigMap ${name}`)
  return settings
}

function secretOf(name: string): Readonly<Record<string, string>> {
  if (name !== 'indiescout') throw new Error(`there is no Secret ${name}`)
  return SECRET
}

describe.each([
  ['base', BASE],
  ['keda', KEDA],
])('the objects of %s', (folder, objects) => {
  it.each(objects.map((object) => [nameOf(object), object]))('%s keeps its schema', (_, object) => {
    expect(() => validate(object)).not.toThrow()
  })

  it('have no field that Kubernetes does not know', async () => {
    expect(await strangeFields(objects)).toBe('')
  })

  it('have names of their own', () => {
    const names = objects.map(nameOf)
    expect(names).toEqual([...new Set(names)])
  })

  it('are what kustomize makes of the folder, where it is installed', async (context) => {
    const built = await promisify(execFile)('kubectl', ['kustomize', `deploy/kubernetes/${folder}`]).catch(
      ({ code }) => (code === 'ENOENT' ? undefined : Promise.reject(code)),
    )
    if (!built) return context.skip()
    const made = parseAllDocuments(built.stdout).map((document) => document.toJS() as Manifest)
    // The generated map has a hash behind its name.
    const names = made.map((object) => nameOf(object).replace(/^(ConfigMap \w+)-\w+$/, '$1'))
    expect(names.toSorted()).toEqual(objects.map(nameOf).toSorted())
    for (const object of made) expect(() => validate(object)).not.toThrow()
  })
})

it('finds a broken object and a misspelt field', async () => {
  const bot = structuredClone(find('StatefulSet', 'bot')) as Manifest & { spec: Record<string, unknown> }
  await expect(strangeFields([{ ...bot, spec: { ...bot.spec, replica: 2 } }])).resolves.toContain('"replica"')
  expect(() => validate({ ...bot, spec: { ...bot.spec, replicas: 'two' } })).toThrow('replicas')
})

describe('what one object says of another', () => {
  it('every selector finds exactly the pods that it is for', () => {
    const selected = (object: Manifest) => {
      const { spec } = z
        .object({
          spec: z.object({
            selector: z.union([z.object({ matchLabels: labels }), labels]),
          }),
        })
        .parse(object)
      const selector = 'matchLabels' in spec.selector ? spec.selector.matchLabels : spec.selector
      return matches(selector as Record<string, string>).map(({ owner }) => owner)
    }
    const found = ['StatefulSet', 'Deployment', 'Service', 'PodDisruptionBudget']
      .flatMap(ofKind)
      .map((object) => [nameOf(object), selected(object)])
    expect(Object.fromEntries(found)).toEqual({
      'StatefulSet bot': ['bot'],
      'Deployment inference': ['inference'],
      'Service bot': ['bot'],
      'Service web': ['bot'],
      'Service inference': ['inference'],
      'PodDisruptionBudget bot': ['bot'],
      'PodDisruptionBudget inference': ['inference'],
    })
  })

  it('services lead to ports that their pods have, and probes too', () => {
    const ports = z.object({
      spec: z.object({ selector: labels, ports: z.array(z.object({ targetPort: z.string() })) }),
    })
    for (const service of ofKind('Service')) {
      const { spec } = ports.parse(service)
      for (const { targetPort } of spec.ports) {
        for (const { container } of matches(spec.selector))
          expect(container.ports.map(({ name }) => name)).toContain(targetPort)
      }
    }
    const paths = PODS.flatMap(
      ({ owner, container: { ports, startupProbe, livenessProbe, readinessProbe } }) =>
        [startupProbe, livenessProbe, readinessProbe].flatMap((each) => {
          if (!each) return []
          expect(ports.map(({ name }) => name)).toContain(each.httpGet.port)
          return [`${owner} ${each.httpGet.path}`]
        }),
    )
    expect([...new Set(paths)]).toEqual([
      'inference /v2/health/live',
      'inference /v2/health/ready',
      'bot /health/live',
      'bot /health/accepting',
    ])
  })

  it('mounts, claims, accounts and scaled workloads are there', () => {
    for (const { spec, container } of PODS) {
      expect(find('ServiceAccount', spec.serviceAccountName)).toBeDefined()
      expect(container.volumeMounts.map(({ name }) => name).sort()).toEqual(
        spec.volumes.map(({ name }) => name).sort(),
      )
      for (const { persistentVolumeClaim: claim } of spec.volumes)
        if (claim) expect(find('PersistentVolumeClaim', claim.claimName)).toBeDefined()
    }
    const scaling = [
      ...ofKind('HorizontalPodAutoscaler'),
      ...KEDA.filter(({ kind }) => kind === 'ScaledObject'),
    ]
    expect(scaling).toHaveLength(2)
    for (const object of scaling) {
      const { spec } = z
        .object({ spec: z.object({ scaleTargetRef: z.object({ kind: z.string(), name: z.string() }) }) })
        .parse(object)
      expect(find(spec.scaleTargetRef.kind, spec.scaleTargetRef.name)).toBeDefined()
    }
    expect(KEDA.some(({ kind }) => kind === 'HorizontalPodAutoscaler')).toBe(false)
  })

  it('autoscaling goes by a metric that the worker has', () => {
    const metrics = readFileSync('inference/serving/worker-metrics.ts', 'utf8')
    expect(JSON.stringify(find('HorizontalPodAutoscaler', 'inference'))).toContain('"name":"inference_queue"')
    expect(JSON.stringify(KEDA)).toContain('inference_queue')
    expect(metrics).toContain(`name: 'inference_queue'`)
  })

  it('commands are ones that the command line has', () => {
    const cli = readFileSync('bot/cli.ts', 'utf8')
    for (const pod of PODS) {
      const [node, script, command] = programOf(pod)
      expect([node, script]).toEqual(['node', 'bot/cli.ts'])
      expect(cli).toContain(`.command('${command}')`)
    }
  })
})

describe('the configuration', () => {
  /** Has no underscore, by which settings are told from other words. */
  const PLAIN = ['SHARDS']
  /** Only what other settings are made of. */
  const PARTS = ['POD_INDEX', 'SHARD_COUNT']

  it('has only settings that the program reads', () => {
    const sources = globSync('bot/config/*.ts')
    const read = sources.flatMap((file) => readFileSync(file, 'utf8').match(/\b[A-Z]+(_[A-Z]+)+\b/g) ?? [])
    const known = new Set([...read, ...PLAIN, ...PARTS])
    for (const pod of PODS) for (const name of Object.keys(settingsOf(pod))) expect(known).toContain(name)
  })

  it('is one that the program takes, in every pod', () => {
    for (const pod of PODS) expect(() => readConfig(settingsOf(pod))).not.toThrow()
  })

  it('reaches the bot, the workers and the model from where they are', () => {
    const config = readConfig(settingsOf(podOf('bot') as Pod))
    expect(config.http).toMatchObject({
      host: '::',
      port: podOf('bot')?.container.ports[0]?.containerPort,
      metricsPort: podOf('bot')?.container.ports[1]?.containerPort,
    })
    expect(config.slack?.mode.kind).toBe('http')
    const worker = readConfig(environmentOf(podOf('inference') as Pod)).inference
    expect(worker).toMatchObject({
      host: '::',
      port: podOf('inference')?.container.ports[0]?.containerPort,
    })
    const [url] = config.inference.urls ?? []
    const { hostname, port } = new URL(url ?? '')
    const service = z
      .object({ spec: z.object({ ports: z.array(z.object({ port: z.number() })) }) })
      .parse(find('Service', hostname))
    expect(service.spec.ports.map((each) => String(each.port))).toEqual([port])
    for (const owner of ['bot', 'inference', 'train', 'refresh']) {
      const mount = podOf(owner)?.container.volumeMounts.find(({ name }) => name === 'models')
      expect(mount?.mountPath).toBe(config.modelDir)
      expect(mount?.readOnly === true).toBe(owner === 'inference')
    }
  })

  it('gives each pod of the bot a shard, and leaves none out', () => {
    const { spec } = z.object({ spec: z.object({ replicas: z.number() }) }).parse(find('StatefulSet', 'bot'))
    const shards = Array.from(
      { length: spec.replicas },
      (_, at) => settingsOf(podOf('bot') as Pod, at).SHARDS,
    )
    expect(shards).toEqual(shards.map((_, at) => `${at}/${spec.replicas}`))
  })

  it('gives no pod a shard where there is no Discord token', () => {
    const env = settingsOf(podOf('bot') as Pod, 1, { DISCORD_TOKEN: '' })
    expect(env.SHARDS).toBeUndefined()
    expect(readConfig(env).discord).toBeUndefined()
  })

  it('lets bots find each worker, of either family of addresses', () => {
    const { spec } = z
      .object({ spec: z.object({ clusterIP: z.string() }) })
      .parse(find('Service', 'inference'))
    expect(spec.clusterIP).toBe('None')
  })

  it('lets one job alone train on a schedule, and no bot', () => {
    expect(readConfig(settingsOf(podOf('bot') as Pod)).learning.cron).toBeUndefined()
    const schedule = z.object({ spec: z.object({ suspend: z.boolean().default(false) }) })
    const scheduled = ofKind('CronJob').filter((job) => !schedule.parse(job).spec.suspend)
    expect(scheduled.map(({ metadata }) => metadata.name)).toEqual(['refresh'])
  })

  it('drains: no request comes once a pod is told to end, and what comes until then is answered', () => {
    const { terminationGracePeriodSeconds: patience } = z
      .object({ terminationGracePeriodSeconds: z.number() })
      .parse(podOf('bot')?.spec)
    const lifecycle = z.object({
      lifecycle: z.object({
        preStop: z.object({ exec: z.object({ command: z.tuple([z.literal('sleep'), z.string()]) }) }),
      }),
    })
    const [, waits] = lifecycle.parse(podOf('bot')?.container).lifecycle.preStop.exec.command
    const { graceMs } = readConfig(settingsOf(podOf('bot') as Pod)).http
    expect(graceMs).toBeGreaterThan(0)
    expect(Number(waits) + graceMs / 1000).toBeLessThan(patience)
    expect(() => lifecycle.parse(podOf('inference')?.container)).not.toThrow()
  })

  it('is scraped at the port of the metrics, and spread over nodes and zones', () => {
    for (const owner of ['bot', 'inference']) {
      const pod = podOf(owner) as Pod
      const { annotations } = z
        .object({ annotations: labels })
        .parse(
          z
            .looseObject({ spec: z.looseObject({ template: z.looseObject({ metadata: z.unknown() }) }) })
            .parse(
              BASE.find(
                ({ kind, metadata }) => /Deployment|StatefulSet/.test(kind) && metadata.name === owner,
              ),
            ).spec.template.metadata,
        )
      const metrics = pod.container.ports.at(-1)
      expect(annotations['prometheus.io/port']).toBe(String(metrics?.containerPort))
      expect(JSON.stringify(pod.spec.topologySpreadConstraints)).toMatch(/hostname.*zone/)
    }
  })

  it('gives secrets to none but those who need them', () => {
    const secrets = (owner: string) =>
      Object.keys(environmentOf(podOf(owner) as Pod)).filter((name) => name in SECRET)
    expect(secrets('inference')).toEqual([])
    expect(secrets('migrate')).toEqual(['DATABASE_URL'])
    expect(secrets('train')).toEqual(['DATABASE_URL'])
    expect(secrets('refresh')).toEqual(['DATABASE_URL'])
    const committed = JSON.stringify([...BASE, ...KEDA])
    for (const value of Object.values(SECRET)) expect(committed).not.toContain(value)
    expect(ofKind('Secret')).toEqual([])
  })
})

describe('what a container may do', () => {
  it.each(PODS.map((pod) => [pod.owner, pod] as const))('%s is held to the restricted standard', (_, pod) => {
    expect(pod.spec).toMatchObject({
      // `inference` would otherwise set INFERENCE_PORT to tcp://….
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    })
    expect(pod.container).toMatchObject({
      image: 'indiescout',
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      resources: { requests: { memory: expect.any(String) }, limits: { memory: expect.any(String) } },
    })
  })

  const rules = z.object({
    spec: z.object({
      podSelector: z.object({ matchLabels: labels.optional() }),
      policyTypes: z.array(z.string()),
    }),
  })

  it('starts from nothing in and nothing out', () => {
    const { spec } = rules.parse(find('NetworkPolicy', 'nothing-else'))
    expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
  })

  it('and is opened for whom it is needed', () => {
    const opened = ofKind('NetworkPolicy')
      .filter(({ metadata }) => metadata.name !== 'nothing-else')
      .map((policy) => {
        const { podSelector, policyTypes } = rules.parse(policy).spec
        return [policyTypes.join(), matches(podSelector.matchLabels ?? {}).map(({ owner }) => owner)]
      })
    expect(opened).toEqual([
      ['Ingress', ['bot']],
      ['Ingress', ['inference']],
      ['Egress', ['bot']],
      ['Egress', ['migrate', 'train', 'refresh', 'bot']],
    ])
  })
})
