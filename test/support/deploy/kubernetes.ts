import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import * as keda from '@kubernetes-models/keda/keda.sh/v1alpha1'
import * as apps from 'kubernetes-models/apps/v1'
import * as autoscaling from 'kubernetes-models/autoscaling/v2'
import * as batch from 'kubernetes-models/batch/v1'
import * as networking from 'kubernetes-models/networking.k8s.io/v1'
import * as policy from 'kubernetes-models/policy/v1'
import * as core from 'kubernetes-models/v1'
import type { Manifest } from './kustomize.ts'

/** Kubernetes' own schemas, by API version, and the module that has their types. */
const SCHEMAS: Readonly<Record<string, { readonly from: string; readonly kinds: object }>> = {
  v1: { from: 'kubernetes-models/v1', kinds: core },
  'apps/v1': { from: 'kubernetes-models/apps/v1', kinds: apps },
  'batch/v1': { from: 'kubernetes-models/batch/v1', kinds: batch },
  'autoscaling/v2': { from: 'kubernetes-models/autoscaling/v2', kinds: autoscaling },
  'policy/v1': { from: 'kubernetes-models/policy/v1', kinds: policy },
  'networking.k8s.io/v1': { from: 'kubernetes-models/networking.k8s.io/v1', kinds: networking },
  'keda.sh/v1alpha1': { from: '@kubernetes-models/keda/keda.sh/v1alpha1', kinds: keda },
}

type Model = new (data: Manifest) => { validate(): void }

function schemaOf({ apiVersion, kind }: Manifest) {
  const schema = SCHEMAS[apiVersion]
  const model = (schema?.kinds as Readonly<Record<string, Model | undefined>> | undefined)?.[kind]
  if (!schema || !model) throw new Error(`there is no schema for ${kind} of ${apiVersion}`)
  return { from: schema.from, model }
}

/** Throws where an object breaks its schema: what is missing, what is of another type or out of its range. */
export function validate(object: Manifest): void {
  const { model } = schemaOf(object)
  new model(object).validate()
}

/**
 * What the schemas let pass and a cluster refuses: fields that nobody knows, such as misspelt ones. Found by the compiler,
 * which holds each object against its type. Empty where all is well.
 */
export async function strangeFields(objects: readonly Manifest[]): Promise<string> {
  const home = path.resolve('node_modules/.cache')
  await mkdir(home, { recursive: true })
  const folder = await mkdtemp(path.join(home, 'manifests-'))
  const file = path.join(folder, 'manifests.ts')
  const code = objects.map((object, at) => {
    const { from } = schemaOf(object)
    const type = `import('${from}').I${object.kind}`
    return `export const object${at}: ${type} = ${JSON.stringify(object, null, 1)}\n`
  })
  try {
    await writeFile(file, code.join('\n'))
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024']
    await promisify(execFile)(process.execPath, [TSC, '--ignoreConfig', ...options, file])
    return ''
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? String(error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const TSC = path.resolve('node_modules/typescript/bin/tsc')
