import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Opinion } from '../../core/action.ts'
import type { LabelKind } from '../../core/catalogue/average-taste.ts'
import type { DeliveryState, DigestPick } from '../../core/digest/delivery.ts'
import type { Weekday } from '../../core/digest/schedule.ts'
import type { Pause } from '../../core/digest/subscription.ts'
import type { Note } from '../../core/digest/subscriptions.ts'
import type { Locale } from '../../core/locale.ts'
import type { Purpose } from '../../core/players/consents.ts'
import type { About, StoredPick } from '../../core/recommend/answers.ts'
import type { Mention } from '../../core/reply.ts'
import type { Findings, RefreshKind, RefreshState } from '../../core/training/refresh.ts'
import type { Candidates } from '../../core/use-cases/digest/candidates.ts'

/** Mirrors `migrations/`. Dates come as ISO text, 64-bit integers as numbers: see `connect.ts`. */
export interface Database {
  'warehouse.game': GameTable
  'warehouse.blocked_game': BlockedGameTable
  'warehouse.label': LabelTable
  'warehouse.player': PlayerTable
  'warehouse.interaction': InteractionTable
  'warehouse.person': PersonTable
  'warehouse.place': PlaceTable
  'warehouse.place_blocked_game': PlaceBlockedGameTable
  'warehouse.missed_server': MissedServerTable
  'warehouse.link': LinkTable
  'warehouse.opinion': OpinionTable
  'warehouse.average_taste': AverageTasteTable
  'warehouse.exchange_rate': ExchangeRateTable
  'lake.library_snapshot': LibrarySnapshotTable
  'lake.recommendation': RecommendationTable
  'lake.share': ShareTable
  'lake.command': CommandTable
  'lake.feedback': FeedbackTable
  'warehouse.subscription': SubscriptionTable
  'lake.delivery': DeliveryTable
  'warehouse.digest_candidates': DigestCandidatesTable
  'warehouse.pace': PaceTable
  'warehouse.consent': ConsentTable
  'lake.refresh': RefreshTable
  'warehouse.store_app': StoreAppTable
  'warehouse.app_list': AppListTable
  'warehouse.source': SourceTable
  'warehouse.steam_calls': SteamCallsTable
  'warehouse.library_refresh': LibraryRefreshTable
  'warehouse.slack_installation': SlackInstallationTable
  'warehouse.erasure': ErasureTable
  'warehouse.seen_event': SeenEventTable
}

/** JSON goes in as text, so that node-postgres does not take an array for one of PostgreSQL's. */
type Json<T> = ColumnType<T, string, string>

/** Null and empty lists mean unknown. */
export interface GameTable {
  appid: number
  name: string
  /** Made from the name by `warehouse.name_key`. */
  name_key: GeneratedAlways<string>
  description: string | null
  developers: Generated<string[]>
  publishers: Generated<string[]>
  genres: Generated<string[]>
  categories: Generated<string[]>
  /** Votes by name. */
  tags: ColumnType<Record<string, number>, string | undefined, string>
  /** `game` is the only type that is recommended. */
  type: string | null
  indie: boolean | null
  mature: boolean | null
  positive: number | null
  negative: number | null
  /** Where a source states only the share. */
  review_percent: number | null
  price_cents: number | null
  initial_cents: number | null
  discount: number | null
  /** Never null beside a price. */
  currency: string | null
  concurrent_players: number | null
  owners_min: number | null
  owners_max: number | null
  languages: Generated<string[]>
  platforms: Generated<string[]>
  /** First day of the period that the precision tells; both or neither. */
  release_date: string | null
  release_precision: 'day' | 'month' | 'quarter' | 'year' | null
  required_age: number | null
  website: string | null
  image_url: string | null
  source: string
  /** When the source says this was so. */
  stated_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  updated_at: ColumnType<Date, Date | undefined, Date>
  /** When the store last described it. */
  store_at: ColumnType<Date | null, Date | undefined, Date>
  /** Keys of all genres, categories and tags. */
  label_keys: GeneratedAlways<string[]>
  /** Lower bound (95 %) of the share of positive reviews; null without reviews. */
  review_score: GeneratedAlways<number | null>
}

interface BlockedGameTable {
  appid: number
  reason: string | null
  at: ColumnType<Date, Date | undefined, Date>
}

interface LabelTable {
  key: string
  name: string
  kinds: string[]
  games: number
}

interface PlayerTable {
  id: GeneratedAlways<number>
  source: string
  key: string
  synthetic: boolean
  /** Kept out of every training, to judge it: by a stable hash of the key. */
  held_out: GeneratedAlways<boolean>
}

interface InteractionTable {
  player_id: number
  appid: number
  minutes: number
  /** Known by a press on a card alone, and by no library. */
  said: Generated<boolean>
}

/** Settings of one person, on one platform. */
interface PersonTable {
  user_key: string
  locale: Locale | null
  created_at: ColumnType<Date, Date | undefined, Date>
}

/** What the managers of a server or workspace have set. */
interface PlaceTable {
  place_key: string
  locale: Locale | null
  currency: string | null
  mature: Generated<boolean>
  /** Keys as of `Asker.channel`. */
  channels: Generated<string[]>
  updated_at: ColumnType<Date, Date | undefined, Date>
}

interface PlaceBlockedGameTable {
  place_key: string
  appid: number
  at: ColumnType<Date, Date | undefined, Date>
}

interface MissedServerTable {
  place_key: string
  since: ColumnType<Date, Date | undefined, Date>
}

/** Either proven or, with a code that has not expired, about to be; both columns of the code are null or neither. */
interface LinkTable {
  user_key: string
  steam_id: string
  proven_at: Date | null
  code: string | null
  code_expires_at: Date | null
  created_at: ColumnType<Date, Date | undefined, Date>
}

/** Shares of minutes and of games, the mean over the players. */
interface AverageTasteTable {
  kind: LabelKind
  name: string
  played: number
  owned: number
}

/** All of one day. The euro itself is not among them. */
interface ExchangeRateTable {
  /** ISO 4217. */
  currency: string
  per_euro: number
  day: string
}

interface OpinionTable {
  user_key: string
  appid: number
  opinion: Opinion
  at: ColumnType<Date, Date | undefined, Date>
}

interface LibrarySnapshotTable {
  steam_id: string
  fetched_at: Date
  games: Json<{ game: number; minutes: number; name?: string }[]>
}

export interface RecommendationTable {
  id: string
  user_key: string
  at: ColumnType<Date, Date | undefined, Date>
  picks: Json<StoredPick[]>
  about: Json<About>
  /** How far the asker has turned; the first page is always shown. */
  pages_shown: Generated<number>
}

/** What was posted for everybody, and not taken back. */
interface ShareTable {
  answer: string
  /** `page`, or the appid of one game. */
  what: string
  at: ColumnType<Date, Date | undefined, never>
}

interface CommandTable {
  id: GeneratedAlways<number>
  at: ColumnType<Date, Date | undefined, Date>
  user_key: string
  kind: string
  outcome: string
  milliseconds: number
}

/** Append-only: what was pressed, and whether that took an opinion back. */
interface FeedbackTable {
  id: GeneratedAlways<number>
  at: ColumnType<Date, Date | undefined, Date>
  user_key: string
  appid: number
  opinion: Opinion
  /** The answer under which it was pressed. */
  answer: string | null
  taken_back: boolean
  /** The platform's own name of the press, once for each who pressed. */
  event: string | null
}

export interface SubscriptionTable {
  id: string
  number: number
  place_key: string
  channel: string
  /** Null once that person was forgotten. */
  created_by: string | null
  weekday: Weekday
  time: string
  timezone: string
  genres: Generated<string[]>
  count: number
  locale: Locale
  call: Json<Mention> | null
  /** Both or neither. */
  paused_why: Pause | null
  paused_at: Date | null
  /** Of a pause that came by itself: whether its maker was told. */
  telling: 'told' | 'untold' | null
  next_slot: string
  next_due_at: ColumnType<Date, Date, Date>
  created_at: ColumnType<Date, Date | undefined, Date>
}

export interface DeliveryTable {
  id: string
  subscription_id: string
  place_key: string
  channel: string
  slot: string
  due_at: Date
  state: DeliveryState
  failures: Generated<number>
  picks: Json<DigestPick[]> | null
  /** Both in `posting`. */
  begun_at: Date | null
  leaves_by: Date | null
  /** Before this it is not tried again. */
  try_at: Date
  /** Both or neither. */
  lease: string | null
  leased_until: Date | null
  message: string | null
  note: Note | null
  ended_at: Date | null
}

interface DigestCandidatesTable {
  week: string
  locale: Locale
  genres: string[]
  candidates: Json<Candidates>
  made_at: ColumnType<Date, Date | undefined, Date>
}

interface PaceTable {
  key: string
  next_at: Date
}

/** An empty place: everywhere. */
interface ConsentTable {
  user_key: string
  purpose: Purpose
  place_key: Generated<string>
  at: ColumnType<Date, Date | undefined, Date>
}

/** How a model came to be served or not. `ended_at` is null while it runs; `told_at` until operators have been told. */
export interface RefreshTable {
  id: string
  kind: RefreshKind
  started_at: ColumnType<Date, Date | undefined, never>
  state: ColumnType<RefreshState, RefreshState | undefined, RefreshState>
  phase: string
  /** The version that was served when it began. */
  served: number | null
  /** The version that it published. */
  version: number | null
  reason: string | null
  findings: ColumnType<Findings, string | undefined, string>
  ended_at: Date | null
  told_at: Date | null
}

/** What we asked the store about an app, and whether to ask again. */
interface StoreAppTable {
  appid: number
  /** When the store last changed it, as its list says. */
  listed_at: Date | null
  /** Both or neither: when it last answered, and whether it had such a page. */
  fetched_at: Date | null
  found: boolean | null
  /** Null: nothing to ask. */
  priority: number | null
  weight: Generated<number>
  failures: Generated<number>
  /** Before this it is not tried again. */
  try_at: Date | null
  /** Both or neither. */
  lease: string | null
  leased_until: Date | null
}

/** One row. */
interface AppListTable {
  id: Generated<number>
  modified_since: Date | null
  /** Null: no reading is under way. */
  began_at: Date | null
  after_appid: Generated<number>
}

interface SourceTable {
  name: string
  /** Nobody begins before. */
  next_at: ColumnType<Date, Date | undefined, Date>
  /** In a row. */
  failures: Generated<number>
  succeeded_at: Date | null
  failed_at: Date | null
  failure: string | null
}

/** Of one day in UTC. */
interface SteamCallsTable {
  day: string
  players: Generated<number>
  background: Generated<number>
}

interface LibraryRefreshTable {
  user_key: string
  due_at: Date
  /** When a library last came. */
  fetched_at: Date | null
  outcome: string | null
  /** Weeks in a row without a library. */
  failures: Generated<number>
  /** Both or neither. */
  lease: string | null
  leased_until: Date | null
}

/** `token` under the key that `key_id` names: see `seal.ts`. */
interface SlackInstallationTable {
  team: string
  key_id: string
  token: Buffer
  scopes: string[]
  installed_at: ColumnType<Date, Date | undefined, Date>
}

/** What was erased, as a hash, and the transaction that did it. */
interface ErasureTable {
  scope: string
  done_by: GeneratedAlways<string>
  at: ColumnType<Date, never, never>
}

/** Of a platform, as a hash. */
interface SeenEventTable {
  event: string
  at: ColumnType<Date, Date | undefined, never>
}
