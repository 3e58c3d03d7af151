import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { parsePythonLiteral } from '../../../db/import/read/python-literal.ts'
import type { Libraries } from './interactions.ts'

/** Real libraries may not be shipped: they lie beside a developer's checkout. */
const FILE = '../shared/data/users_items.json.gz'

/** Under CI nothing is left out: a missing file fails the test. */
export const HAS_REAL_LIBRARIES = existsSync(FILE) || process.env.CI === 'true'

if (!HAS_REAL_LIBRARIES) console.warn(`left out: tests on real libraries, since ${FILE} is absent`)

const line = z.object({
  items: z.array(z.object({ item_id: z.string(), playtime_forever: z.number() })),
})

/** The first `count` libraries of the file. */
export async function realLibraries(count: number): Promise<Libraries> {
  const file = createReadStream(FILE)
  const libraries: Record<number, number>[] = []
  for await (const text of createInterface({ input: file.pipe(createGunzip()) })) {
    const { items } = line.parse(parsePythonLiteral(text))
    libraries.push(Object.fromEntries(items.map((item) => [Number(item.item_id), item.playtime_forever])))
    if (libraries.length === count) break
  }
  file.destroy()
  return libraries
}
