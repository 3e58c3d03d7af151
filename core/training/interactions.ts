/**
 * Who owns what, as compressed sparse rows: the games of player p are `games[offsets[p] … offsets[p + 1])`, ascending by
 * appid, none twice; `minutes` runs beside `games`.
 */
export type Interactions = {
  /** Length players + 1. */
  readonly offsets: Uint32Array
  /** Appids. Length pairs. */
  readonly games: Int32Array
  /** Playtime in minutes. Length pairs. */
  readonly minutes: Int32Array
  /** A stable number for each player, ascending. Length players. */
  readonly players: Int32Array
  /** Rows that named the same player and game again, merged while reading. */
  readonly duplicates: number
  /** True where the players were generated from tags rather than real. */
  readonly synthetic: boolean
}
