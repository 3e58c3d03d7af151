/** A question without a good answer: a value, never an exception. Each becomes one sentence in `words.ts`. */
export type Problem =
  | { readonly kind: 'bad-steam-id'; readonly asked: string }
  | { readonly kind: 'no-profile' }
  | { readonly kind: 'private-profile' }
  | { readonly kind: 'hidden-games' }
  | { readonly kind: 'empty-library' }
  | { readonly kind: 'unknown-genre'; readonly asked: string; readonly near: readonly string[] }
  | { readonly kind: 'nothing-left'; readonly filters: readonly string[] }
  | { readonly kind: 'answer-gone' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'already-shared' }
