import type { Action } from './action.ts'
import type { Chart } from './chart.ts'
import type { ChannelKey, UserKey } from './ids.ts'

/** Marks are tags and never characters: `**bold**` means nothing in Slack, and strangers' text must stay text. */
export type Inline =
  | string
  | { readonly bold: string }
  /** What can be copied and typed as it stands. */
  | { readonly code: string }
  | { readonly link: string; readonly href: string }
  /** Somebody of the same place, by the platform's own mention; nobody is notified. */
  | { readonly member: UserKey }
  /** A channel of the same place, in the same way. */
  | { readonly channel: ChannelKey }
  /** In a digest alone: a mention that notifies. A platform shows nothing for one that is none of its own. */
  | { readonly call: Mention }
export type RichText = readonly Inline[]

export type Fact = { readonly label: string; readonly value: string }

export type GameCard = {
  readonly title: string
  readonly url: string
  readonly imageUrl: string | undefined
  readonly description: string | undefined
  /** Short pairs such as price or reviews, in the order to show. */
  readonly facts: readonly Fact[]
  /** Why this game, in a sentence. */
  readonly reason: string | undefined
  /** A short remark that stands out, such as "You own this". */
  readonly mark: string | undefined
  /** What the reader can do about this game; at most ten. Where a platform's cards carry none, `open` leads to them. */
  readonly buttons: readonly Button[]
  readonly open: Button | undefined
}

export type Block =
  | { readonly kind: 'text'; readonly text: RichText }
  | { readonly kind: 'game'; readonly card: GameCard }
  /** Small print: how many games were read, where the picks come from, "Powered by Steam". */
  | { readonly kind: 'hint'; readonly text: RichText }

export type Button = {
  readonly label: string
  readonly action: Action
  readonly disabled: boolean
  /** Drawn as done: pressing it takes back what it said. */
  readonly chosen?: boolean
}

/**
 * A picture that the platform draws, which carries its words, or a file for the asker. A cover is drawn already, so that
 * one drawing serves many channels; it shows nothing that the cards do not say. Names have their endings.
 */
export type Attachment =
  | { readonly kind: 'chart'; readonly name: string; readonly chart: Chart; readonly alt: string }
  | { readonly kind: 'cover'; readonly name: string; readonly png: Uint8Array; readonly alt: string }
  | { readonly kind: 'file'; readonly name: string; readonly text: string }

/**
 * What a platform shows. `answer` is the private answer and, on a press, takes the place of the one that was pressed;
 * `aside` is a private note that leaves the answer as it stands; `channel` is posted for everybody; `withdrawal` deletes the
 * message that was pressed, for everybody, and is then said like an aside.
 */
export type Reply = {
  readonly delivery: 'answer' | 'aside' | 'channel' | 'withdrawal'
  /** One sentence: the notification and the screen reader's text. */
  readonly summary: string
  /** At most ten games. */
  readonly blocks: readonly Block[]
  /** One row, at most five. */
  readonly buttons: readonly Button[]
  /** At most one. */
  readonly attachments: readonly Attachment[]
}

/** Whom a digest calls by a mention that notifies: the platform's own word, checked by its adapter. */
export type Mention = 'here' | 'everyone' | { readonly role: string }
