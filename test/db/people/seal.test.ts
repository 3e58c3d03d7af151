import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeal, Unopened } from '../../../db/people/seal.ts'

const [first, second] = [randomBytes(32), randomBytes(32)]

describe('a sealed secret', () => {
  it('opens to what it was, whatever it is, and shows nothing of it', () => {
    const seal = createSeal([first])
    fc.assert(
      fc.property(fc.string(), fc.string(), (secret, about) => {
        const sealed = seal.seal(secret, about)
        expect(seal.open(sealed, about)).toBe(secret)
        if (secret.length > 3) expect(sealed.bytes.toString('latin1')).not.toContain(secret)
      }),
    )
  })

  it('is never the same twice', () => {
    const seal = createSeal([first])
    expect(seal.seal('xoxb-1', 'a').bytes).not.toEqual(seal.seal('xoxb-1', 'a').bytes)
  })

  it('opens by an older key, and is sealed by the first', () => {
    const old = createSeal([first]).seal('xoxb-1', 'a')
    const both = createSeal([second, first])
    expect(both.open(old, 'a')).toBe('xoxb-1')
    expect(both.seal('xoxb-1', 'a').keyId).toBe(createSeal([second]).keyId)
    expect(both.keyId).not.toBe(old.keyId)
  })

  it('does not open without its key, in another place, or with any bit changed', () => {
    const seal = createSeal([first])
    const sealed = seal.seal('xoxb-1', 'a')
    expect(() => createSeal([second]).open(sealed, 'a')).toThrow(Unopened)
    expect(() => createSeal([second]).open({ ...sealed, keyId: createSeal([second]).keyId }, 'a')).toThrow(
      Unopened,
    )
    expect(() => seal.open(sealed, 'b')).toThrow(Unopened)
    for (let at = 0; at < sealed.bytes.length; at += 1) {
      const bytes = Buffer.from(sealed.bytes)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      expect(() => seal.open({ ...sealed, bytes }, 'a')).toThrow(Unopened)
    }
    for (const length of [0, 12, 20]) {
      expect(() => seal.open({ ...sealed, bytes: sealed.bytes.subarray(0, length) }, 'a')).toThrow(Unopened)
    }
  })
})
