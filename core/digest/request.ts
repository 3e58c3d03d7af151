import type { Locale } from '../locale.ts'
import type { Mention } from '../reply.ts'
import type { Weekday } from './schedule.ts'

/** What `/digest …` asks for. Texts are as typed. */
export type DigestRequest =
  | {
      readonly verb: 'subscribe'
      readonly weekday: Weekday
      readonly time: string
      /** Undefined: the asker's own, where their platform tells, else UTC. */
      readonly timezone: string | undefined
      readonly genres: readonly string[]
      readonly count: number
      /** Undefined: the language of the answer to whoever subscribes. */
      readonly language: Locale | undefined
      readonly call: Mention | undefined
    }
  | { readonly verb: 'list' }
  | { readonly verb: OnOne; readonly number: number | undefined }

/** What is done with one subscription. Without a number: the only one of this channel. */
export type OnOne = 'preview' | 'now' | 'pause' | 'resume' | 'remove'
