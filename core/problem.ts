/** A question without a good answer: a value, never an exception. Each becomes one sentence in the message files. */
export type Problem =
  | { readonly kind: 'no-such-command'; readonly asked: string }
  | {
      readonly kind: 'no-such-option'
      readonly command: string
      readonly asked: string
      readonly names: readonly string[]
      readonly example: string
    }
  | { readonly kind: 'missing-option'; readonly option: string; readonly example: string }
  | { readonly kind: 'too-long'; readonly option: string; readonly most: number; readonly example: string }
  | {
      readonly kind: 'bad-number'
      readonly option: string
      readonly whole: boolean
      readonly min: number
      readonly max: number
      readonly example: string
    }
  | {
      readonly kind: 'no-such-choice'
      readonly option: string
      readonly choices: readonly string[]
      readonly example: string
    }
  | { readonly kind: 'bad-steam-id'; readonly asked: string }
  | { readonly kind: 'no-profile' }
  | { readonly kind: 'private-profile' }
  | { readonly kind: 'hidden-games' }
  | { readonly kind: 'empty-library' }
  | { readonly kind: 'not-linked' }
  | { readonly kind: 'unknown-genre'; readonly asked: string; readonly near: readonly string[] }
  | { readonly kind: 'unknown-game'; readonly asked: string; readonly near: readonly string[] }
  /** `filters`: what was asked for, in words; `relax`: what to drop or raise, best first, with how many games that leaves. */
  | {
      readonly kind: 'nothing-left'
      readonly filters: readonly string[]
      readonly relax: readonly Relaxation[]
    }
  | { readonly kind: 'answer-gone' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'already-shared' }
  | { readonly kind: 'too-fast'; readonly seconds: number }

/** One filter that could go, and the number of games that would then be left. */
export type Relaxation = { readonly filter: string; readonly games: number }
