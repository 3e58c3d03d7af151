/**
 * The outside parties an answer needs. `steam-key`: Steam refuses our key; `no-steam-key`: there is none; only the operator
 * can mend either. `model`: none has been trained yet.
 */
export type Party = 'steam' | 'steam-key' | 'no-steam-key' | 'inference' | 'model' | 'database'

/** Where an operator asks Steam for a key. */
export const STEAM_KEY_PAGE = 'https://steamcommunity.com/dev/apikey'

/** For operators; players read `explainError`. */
const SENTENCES: Readonly<Record<Party, string>> = {
  steam: 'Steam does not answer',
  'steam-key': `Steam refuses the key in STEAM_API_KEY: ask for a new one at ${STEAM_KEY_PAGE}`,
  'no-steam-key': `STEAM_API_KEY is not set, so no library can be read: ask for a key at ${STEAM_KEY_PAGE}`,
  inference: 'no inference worker answers',
  model: 'there is no model yet: npm run train makes one',
  database: 'the database does not answer',
}

/** An outside party failed. Thrown once, by the adapter that speaks to it; turned into words by `explainError`. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly party: Party

  constructor(party: Party, cause?: unknown, sentence = SENTENCES[party]) {
    super(sentence, { cause })
    this.party = party
  }
}
