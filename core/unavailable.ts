/** The outside parties an answer needs. `steam-key`: Steam refuses our key, which only the operator can mend. */
export type Party = 'steam' | 'steam-key' | 'inference' | 'database'

/** An outside party failed. Thrown once, by the adapter that speaks to it; turned into words by `explainError`. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly party: Party

  constructor(party: Party, cause?: unknown) {
    super(`${party} is unavailable`, { cause })
    this.party = party
  }
}
