/** The outside parties an answer needs. `steam-key`: Steam refuses our key, which only the operator can mend. */
export type Party = 'steam' | 'steam-key' | 'inference' | 'database'

/** For operators; players read `explainError`. */
const SENTENCES: Readonly<Record<Party, string>> = {
  steam: 'Steam does not answer',
  'steam-key': 'Steam takes no key of ours: STEAM_API_KEY is missing or refused',
  inference: 'no inference worker answers',
  database: 'the database does not answer',
}

/** An outside party failed. Thrown once, by the adapter that speaks to it; turned into words by `explainError`. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly party: Party

  constructor(party: Party, cause?: unknown) {
    super(SENTENCES[party], { cause })
    this.party = party
  }
}
