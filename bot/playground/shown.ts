/** What came of one command or press on one side: what that platform was sent, byte for byte, and what it means there. */

export type Side = 'discord' | 'slack'

export type ShownFile = {
  readonly name: string
  /** Its alternative text, where it is a picture. */
  readonly alt: string | undefined
  /** `data:…` */
  readonly address: string
}

/**
 * - `answer` is private, and stands in the place of what was pressed or typed; `aside` is private and stands below.
 * - `post` is for everybody; `direct` is a file in the direct messages with the app.
 * - `gone`: the pressed message was deleted.
 */
export type Shown =
  | {
      readonly kind: 'answer' | 'aside' | 'post'
      readonly payload: unknown
      readonly files: readonly ShownFile[]
    }
  | { readonly kind: 'direct'; readonly files: readonly ShownFile[] }
  | { readonly kind: 'gone' }

export type Completion = { readonly name: string; readonly value: string }

export function dataAddress(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}

/** Of the two kinds of file that the bot makes. */
export function typeOf(name: string): string {
  return name.endsWith('.png') ? 'image/png' : 'application/json'
}
