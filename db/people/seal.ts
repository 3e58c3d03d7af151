import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** A secret as it is stored: a nonce of 12 bytes, a tag of 16, then the secret itself under AES-256-GCM. */
export type Sealed = { readonly keyId: string; readonly bytes: Buffer }

export type Seal = {
  /** Of the key that encrypts. */
  readonly keyId: string
  /** `about` is bound to the secret: put in another's place, it does not open. */
  seal(secret: string, about: string): Sealed
  /** Throws `Unopened`. */
  open(sealed: Sealed, about: string): string
}

/** No key that we have opens it. Holds nothing of the secret. */
export class Unopened extends Error {
  override readonly name = 'Unopened'
}

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Keys of 32 bytes, one at least. The first encrypts, all decrypt: so a key is replaced without a moment of silence. */
export function createSeal(keys: readonly Uint8Array[]): Seal {
  const known = new Map(keys.map((key) => [idOf(key), key]))
  const [first] = known
  if (!first) throw new Error('no key to encrypt with')
  const [keyId, current] = first
  return {
    keyId,
    seal(secret, about) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, current, nonce).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return { keyId, bytes: Buffer.concat([nonce, cipher.getAuthTag(), body]) }
    },
    open({ keyId: id, bytes }, about) {
      const key = known.get(id)
      if (!key) throw new Unopened(`the key ${id} is not among those that are configured`)
      try {
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAAD(Buffer.from(about))
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const body = bytes.subarray(NONCE_BYTES + TAG_BYTES)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        throw new Unopened('a stored secret is damaged, or stands where it does not belong')
      }
    },
  }
}

/** Tells keys apart and says nothing of them. */
function idOf(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12)
}
