import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { hashFile } from '../../../inference/model/durable-files.ts'
import { temporaryFolder } from '../../support/folder.ts'

it.each([0, 1, 40 * 1024 * 1024 + 3])(
  'hashes a file of %i bytes, in a thread or not, as one piece is hashed',
  async (size) => {
    const file = path.join(await temporaryFolder(), 'file')
    const bytes = new Uint8Array(size).map((_, at) => at * 31)
    await writeFile(file, bytes)
    expect(await hashFile(file)).toBe(createHash('sha256').update(bytes).digest('hex'))
  },
)

it('leaves the caller free to serve while a large file is hashed', async () => {
  const file = path.join(await temporaryFolder(), 'file')
  await writeFile(file, new Uint8Array(64 * 1024 * 1024))
  let turns = 0
  let hashed = false
  const hashing = hashFile(file).then(() => {
    hashed = true
  })
  while (!hashed) {
    await new Promise(setImmediate)
    turns += 1
  }
  await hashing
  expect(turns).toBeGreaterThan(64)
})

it('says that there is no file', async () => {
  await expect(hashFile(path.join(await temporaryFolder(), 'none'))).rejects.toMatchObject({ code: 'ENOENT' })
})
