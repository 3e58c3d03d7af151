/** A bar chart as data; who shows it decides how it is drawn. All texts are in words already. */
export type Chart = {
  readonly title: string
  /** Small print below. */
  readonly note: string
  /** What the bars of a row are, in their order: one or two. */
  readonly series: readonly string[]
  /** What the markers across the bars are; undefined where there are none. */
  readonly marker: string | undefined
  readonly groups: readonly ChartGroup[]
}

export type ChartGroup = { readonly title: string; readonly rows: readonly ChartRow[] }

/** `bars`: one for each series. */
export type ChartRow = { readonly label: string; readonly bars: readonly ChartBar[] }

/** Shares from 0 to 1. */
export type ChartBar = {
  readonly share: number
  readonly marker: number | undefined
  readonly words: string
}
