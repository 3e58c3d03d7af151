/** What the catalogue may offer. Everything set must hold; a game whose fact is unknown does not pass a filter on it. */
export type Filter = {
  /** True only where the place allows mature games. */
  readonly mature: boolean
  /** The exact label of a genre, tag or category, as `Catalogue.label` gave it. */
  readonly genre?: string | undefined
  /** 0: only free games. */
  readonly maxPriceCents?: number | undefined
  /** Steam's English name of a language, such as `Korean`. */
  readonly language?: string | undefined
}
