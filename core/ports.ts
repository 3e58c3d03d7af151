import type { Catalogue } from './catalogue/catalogue.ts'
import type { Examples } from './catalogue/examples.ts'
import type { Rates } from './catalogue/prices.ts'
import type { Places } from './places/places.ts'
import type { Accounts } from './players/accounts.ts'
import type { Consents } from './players/consents.ts'
import type { Libraries, Profiles } from './players/library.ts'
import type { Opinions } from './players/opinions.ts'
import type { Records } from './players/records.ts'
import type { Answers } from './recommend/answers.ts'
import type { Scorer } from './recommend/scorer.ts'
import type { Digests } from './use-cases/digest/digests.ts'

/** Everything the use cases need. */
export type Ports = {
  readonly libraries: Libraries
  readonly catalogue: Catalogue
  readonly scorer: Scorer
  readonly answers: Answers
  readonly profiles: Profiles
  readonly accounts: Accounts
  readonly places: Places
  readonly records: Records
  /** Where to prove a link by signing in to Steam; undefined where this program has no public address. */
  readonly loginUrl?: ((code: string) => string) | undefined
  readonly opinions: Opinions
  readonly rates: Rates
  readonly consents: Pick<Consents, 'set' | 'of'>
  readonly digests: Digests
  /** What the loaded catalogue holds. Never throws. */
  readonly examples: () => Promise<Examples>
  readonly now: () => Date
}
