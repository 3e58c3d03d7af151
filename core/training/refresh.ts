/** What is written down of a refresh: how a model was trained from what is new, judged, and served or not. */

export type RefreshKind = 'refresh' | 'rollback'

/**
 * `unchanged`: the candidate was the serving model over again. `abandoned`: its process was killed, and nothing came of it.
 */
export type RefreshState =
  | 'running'
  | 'promoted'
  | 'unchanged'
  | 'refused'
  | 'failed'
  | 'abandoned'
  | 'rolled-back'

/** What is done in turn. */
export type RefreshPhase = 'take in' | 'train' | 'evaluate' | 'promote'

/** How good one model is for the held-out players. Shares are 0 to 1. */
export type Figures = {
  readonly ndcg100: number
  readonly precision10: number
  readonly recall20: number
  /** Distinct picks among the first ten of all players / indie games that either model knows. */
  readonly coverage10: number
}

/** After minus before, the mean over the players, and the bounds of its 95 % interval. */
export type Difference = { readonly mean: number; readonly low: number; readonly high: number }

/** What the model is trained on. */
export type Data = {
  /** Without the held-out ones. */
  readonly players: number
  /** In the model's vocabulary. */
  readonly games: number
  /** Of player and game, within the vocabulary. */
  readonly pairs: number
  /** pairs / (players × games) */
  readonly density: number
  /** Share of the games in the libraries asked for this week that the serving model does not know; null where none was. */
  readonly unknown: number | null
}

/** What the lake had that the warehouse had not. */
export type Ingested = {
  /** Players who agreed to training, with a library or something said. */
  readonly players: number
  readonly added: number
  readonly removed: number
  /** Players who no longer agree. */
  readonly gone: number
}

/** What a well-known kind of library gets from the candidate. */
export type Pinned = {
  readonly name: string
  /** Of the library, that the model knows. */
  readonly known: number
  readonly picks: number
  /** Of the picks, that share tags with the library. */
  readonly alike: number
  /** One sentence, where the picks are not sane. */
  readonly fault?: string
}

export type PhaseTime = { readonly name: string; readonly seconds: number; readonly peakBytes: number }

/** As far as it came. */
export type Findings = {
  readonly taken?: Ingested
  readonly data?: Data
  /** Of the last refresh that trained. */
  readonly dataBefore?: Data | undefined
  /** How many held-out libraries judged. */
  readonly judges?: number
  readonly before?: Figures | undefined
  readonly after?: Figures | undefined
  /** Of NDCG@100. */
  readonly difference?: Difference | undefined
  readonly pinned?: readonly Pinned[]
  readonly phases?: readonly PhaseTime[]
  /** Tells the candidate from every other one: what it was trained on and how. */
  readonly identity?: string
  /** Of the version that a rollback has withdrawn. */
  readonly withdrawn?: { readonly version: number; readonly identity: string }
}

export type Refresh = {
  readonly id: string
  readonly kind: RefreshKind
  readonly startedAt: Date
  readonly state: RefreshState
  readonly phase: string
  readonly served: number | undefined
  readonly version: number | undefined
  readonly reason: string | undefined
  readonly findings: Findings
}

/** Which players are held out of every training, as it stands in the manifests of models: see `warehouse.player.held_out`. */
export const HELD_OUT_RULE = 'a twentieth, by the MD5 of the key'
