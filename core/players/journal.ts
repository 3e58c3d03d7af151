import type { UserKey } from '../ids.ts'

/** One line per command, for operators and for the refresh loop; no Steam ID, no text a person typed. */
export interface Journal {
  record(entry: {
    readonly kind: string
    readonly user: UserKey
    readonly outcome: string
    readonly milliseconds: number
  }): Promise<void>
  /** Runs a command to its end: of whoever is forgotten meanwhile, it writes nothing any more. */
  during<T>(work: () => Promise<T>): Promise<T>
}
