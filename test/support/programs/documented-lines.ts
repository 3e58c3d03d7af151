import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../../..')

const BLOCK = /^ *```sh\n([\s\S]*?)^ *```/gm
const CODE = /^ *```[\s\S]*?^ *```/gm
/** A command in running text; a name alone, such as `npm`, is none. */
const INLINE = /`((?:[A-Z_]+=\S+ )?(?:npm|npx|node|docker|kubectl|openssl|pg_\w+|psql|curl|git) [^`]+)`/g

/** Every line that the README and its pages tell an operator to type, without comments and without repetitions. */
export function documentedLines(): readonly string[] {
  const pages = ['README.md', ...globSync('docs/*.md', { cwd: ROOT })]
  const lines = pages.flatMap((page) => linesOf(readFileSync(path.join(ROOT, page), 'utf8')))
  return [...new Set(lines)]
}

function linesOf(text: string): string[] {
  const blocks = [...text.matchAll(BLOCK)].flatMap(([, block = '']) => block.split('\n'))
  const inline = [...text.replaceAll(CODE, '').matchAll(INLINE)].map(([, line = '']) => line)
  return [...blocks, ...inline]
    .map((line) =>
      line
        .replace(/(^|\s)#.*$/, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
}
