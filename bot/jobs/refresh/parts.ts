import type { Catalogue } from '../../../core/catalogue/catalogue.ts'
import type { Log } from '../../../core/log.ts'
import type { Interactions } from '../../../core/training/interactions.ts'
import type { Ingested, Refresh } from '../../../core/training/refresh.ts'
import type { PinnedLibrary } from '../../../core/training/sanity-checks.ts'
import type { Refreshes } from '../../../db/training/refreshes.ts'
import type { TrainedAside } from '../../../inference/training/train.ts'

/** What a refresh works with. */
export type RefreshParts = {
  readonly refreshes: Refreshes
  readonly warehouse: Warehouse
  readonly catalogue: Catalogue
  /** Trains on all players but the held-out ones, and lays the candidate down in the model folder under this name. */
  readonly train: (candidate: { readonly refresh: string; readonly name: string }) => Promise<TrainedAside>
  readonly modelDir: string
  readonly versionsKept: number
  readonly pinned: readonly PinnedLibrary[]
  /** Tells operators how it went. Throws where they cannot be told now. */
  readonly tell: (refresh: Refresh) => Promise<void>
  readonly log: Log
}

type Warehouse = {
  /** New rows of the lake become training rows. */
  takeIn(): Promise<Ingested>
  /** Of the players that no model was trained on. */
  heldOut(): Promise<Interactions>
  /** Share of the games in lately asked libraries that are not among these. */
  unknownShare(games: readonly number[]): Promise<number | null>
}
