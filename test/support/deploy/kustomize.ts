import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'

/** An object as a manifest states it. */
const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }),
})
export type Manifest = z.infer<typeof manifest>

/** Of what kustomize can do, what ours uses; anything else is refused, since it would go unchecked. */
const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string(),
  labels: z.array(z.strictObject({ pairs: z.record(z.string(), z.string()) })).optional(),
  resources: z.array(z.string()),
  configMapGenerator: z.array(z.strictObject({ name: z.string(), envs: z.array(z.string()) })).optional(),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })).optional(),
  patches: z.array(z.strictObject({ patch: z.string() })).optional(),
})

/** What `kubectl kustomize` makes of a folder, but for namespaces, labels, images and the hashes behind names. */
export function readKustomization(folder: string): Manifest[] {
  const {
    resources,
    configMapGenerator = [],
    patches = [],
  } = kustomization.parse(parse(readFileSync(path.join(folder, 'kustomization.yaml'), 'utf8')))
  const gone = patches.map(({ patch }) =>
    nameOf(manifest.extend({ $patch: z.literal('delete') }).parse(parse(patch))),
  )
  const read = resources.flatMap((name) => {
    const target = path.join(folder, name)
    return statSync(target).isDirectory() ? readKustomization(target) : readManifests(target)
  })
  const generated = configMapGenerator.map(({ name, envs }) => ({
    ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
    data: Object.assign({}, ...envs.map((file) => readEnv(path.join(folder, file)))),
  }))
  for (const name of gone)
    if (!read.some((one) => nameOf(one) === name)) throw new Error(`there is no ${name} to delete`)
  return [...read, ...generated].filter((one) => !gone.includes(nameOf(one)))
}

export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`
}

function readManifests(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(file, 'utf8'), { strict: true, uniqueKeys: true }).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0]?.message}`)
    return manifest.parse(document.toJS())
  })
}

export function readEnv(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n')
  return Object.fromEntries(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}
