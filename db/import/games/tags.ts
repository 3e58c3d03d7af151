/** Where a source orders its tags without counting, `votes` is a fraction below 1 that keeps the order. */
export type Tag = { readonly name: string; readonly votes: number }

/** Tags of a source that lists the most voted first and does not say how many voted. */
export function rankTags(names: readonly string[]): Tag[] {
  return names.slice(0, 99).map((name, place) => ({ name, votes: (99 - place) / 100 }))
}
