import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** How a test, or a helper that it imports, opens a server, starts a process or asks a database. */
const OUTSIDE =
  /child_process|embedded|testDatabase|\.listen\(|\bstart\w*\(\{|\bstart(?:Server|Http|Steam|Worker|Program|Browser|Proxy)\b|\bserve\w*\(|webgpu/i

/** What reads the whole program or trains: inside one process, and yet not for between two edits. */
const LONG =
  /^test\/(held-promises|outside-keys|linear-time|inference\/(evaluation\/(new-games|search|evaluate)|solver\/solver|training\/))/

const IMPORT = /from '(\.[^']+)'/g

/** The test files that stay inside one process and take a moment, and all others. `test/support/lanes/inside.ts` holds the first to it. */
export function lanes(files: readonly string[] = testFiles()) {
  const known = new Map<string, boolean>()
  const goesOutside = (file: string): boolean => {
    const before = known.get(file)
    if (before !== undefined) return before
    known.set(file, false)
    const source = readFileSync(path.join(ROOT, file), 'utf8')
    const outside = OUTSIDE.test(source) || helpersOf(file, source).some(goesOutside)
    known.set(file, outside)
    return outside
  }
  const isUnit = (file: string) => !LONG.test(file) && !goesOutside(file)
  return { unit: files.filter(isUnit), whole: files.filter((file) => !isUnit(file)) }
}

function testFiles(): string[] {
  return globSync('test/**/*.test.ts', { cwd: ROOT })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => !file.startsWith('test/operations/'))
}

function helpersOf(file: string, source: string): string[] {
  return [...source.matchAll(IMPORT)]
    .map(([, specifier = '']) => path.posix.join(path.posix.dirname(file), specifier))
    .filter((imported) => imported.startsWith('test/'))
}
