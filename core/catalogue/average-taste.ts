/** Of all minutes played and of all games owned, 0 to 1: a game carries many labels, so shares add up to more. */
export type Shares = { readonly played: number; readonly owned: number }

export type LabelKind = 'tag' | 'genre'

/** Shares by the label's name. */
export type AverageTaste = Readonly<Record<LabelKind, ReadonlyMap<string, Shares>>>
