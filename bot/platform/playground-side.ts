import type { App } from '../../core/app.ts'
import type { VisitorKey } from '../../core/ids.ts'
import type { Locale } from '../../core/locale.ts'
import type { Log } from '../../core/log.ts'

/** One platform in the playground: its own adapter, with the network left out. */
export type PlaygroundSide = {
  command(typed: Typed, where: Where): Promise<readonly Shown[]>
  press(wire: string, where: Where): Promise<readonly Shown[]>
  /** What the platform offers while the last of the options is typed; undefined where it completes nothing. */
  readonly complete?: (typed: Typed, focused: string, where: Where) => Promise<readonly Completion[]>
}

export type Side = 'discord' | 'slack'

/** What stands in the page's one line, as both platforms would be given it. */
export type Typed = {
  /** As in the catalogue, where it is one of its commands. */
  readonly name: string
  readonly values: Readonly<Record<string, string>>
  /** What stands behind the name, with the catalogue's names for options. */
  readonly rest: string
}

/** Who comes, in which language, and to which session. */
export type Where = { readonly door: VisitorSession; readonly identity: Identity; readonly locale: Locale }

/** What an adapter talks to. */
export type VisitorSession = { readonly app: App; readonly log: Log }

/** One visitor as the emulated platforms know them. */
export type Identity = {
  /** The same on both sides, and what is stored. */
  readonly key: VisitorKey
  readonly discord: { readonly user: string; readonly guild: string; readonly channel: string }
  readonly slack: { readonly user: string; readonly team: string; readonly channel: string }
}

export type ShownFile = {
  readonly name: string
  /** Its alternative text, where it is a picture. */
  readonly alt: string | undefined
  /** `data:…` */
  readonly address: string
}

/**
 * What came of one command or press: what the platform was sent, byte for byte, and what it means there.
 *
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
