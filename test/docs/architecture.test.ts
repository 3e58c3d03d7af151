import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

const page = read('docs/architecture.md')
const walk = page.slice(page.indexOf('## The way of'))
const HOP = /^\d+\. `(?<name>\w+)` in `(?<file>[\w/.-]+)` .+$/gm

const hops = [...walk.matchAll(HOP)].map(({ groups }) => ({
  name: groups?.name ?? '',
  file: groups?.file ?? '',
}))

describe('the way of /recommend in docs/architecture.md', () => {
  it('has at most twenty hops', () => {
    expect(hops.length).toBe(walk.match(/^\d+\. /gm)?.length)
    expect(hops.length).toBeGreaterThan(10)
    expect(hops.length).toBeLessThanOrEqual(20)
  })

  it.each(hops)('$name stands in $file', ({ name, file }) => {
    expect(read(file)).toMatch(new RegExp(`^(?:export )?(?:async )?function ${name}\\b`, 'm'))
  })

  it('names files and functions that exist outside of the list, too', () => {
    const elsewhere = [...walk.matchAll(/`(\w+)`\s+\(`([\w/.-]+)`\)/g)]
    expect(elsewhere.length).toBeGreaterThan(0)
    for (const [, name, file = ''] of elsewhere) expect(read(file)).toContain(`function ${name}`)
  })
})
